"""裕安区."""

from spiders.families.lonsun import Lonsun


class YuanSlj(Lonsun):
    """One organ; type=3 are its annual reports."""

    hosts = ("www.yuan.gov.cn",)
    title, agency = "裕安区", "裕安区水利局"
    division, level = "341503", "county"
    evidence = "http://www.yuan.gov.cn/public/6596821/15818171.html"
    column = "/public/column/6596821?type=3"
