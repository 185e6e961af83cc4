"""安州区."""

from spiders.families.lonsun import Lonsun


class Anzhou(Lonsun):
    """One organ of a portal outside Anhui; a year's page shows the report itself."""

    hosts = ("www.anzhou.gov.cn",)
    title, agency = "安州区", "绵阳市安州区经济合作局"
    division, level = "510705", "county"
    evidence = (
        "http://www.anzhou.gov.cn/public/column"
        "/16551?type=3&nav=5&sub=3&timeFrame=2021&hasContent=true"
    )
    column = "/public/column/16551?type=3"
