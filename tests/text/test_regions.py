"""Places are recognised however people write them, and what is not recognised is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.text import regions
from crm_desktop.text.findings import Severity
from crm_desktop.text.regions import Place

BEIJING = Place("CN", "110000", "110000")
SUZHOU = Place("CN", "320000", "320500")


@pytest.mark.parametrize(
    "text",
    [
        "北京",
        "北京市",
        "Beijing",
        "中国北京",
        "BEIJING",
        " beijing ",
        "Beijing, China",
        "Beijing City",
        "China, Beijing",
        "北 京",
    ],
)
def test_one_city_however_it_is_written(text):
    assert regions.read_city(text).value == BEIJING


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("Suzhou", "320500"),
        ("Suzhou, Anhui", "341300"),
        ("宿州", "341300"),
        ("江苏苏州", "320500"),
        ("Xi'an", "610100"),
        ("Xi’an", "610100"),
        ("XIAN", "610100"),
        ("Ürümqi", "650100"),
        ("Urumqi", "650100"),
        ("Harbin", "230100"),
        ("Lhasa", "540100"),
        ("Hohhot", "150100"),
        ("吉林", "220200"),
        ("朝阳", "211300"),
        ("廣州", "440100"),
        ("重慶市", "500000"),
        ("臺北", "TW-TPE"),
        ("Taipei", "TW-TPE"),
        ("Hong Kong", "810000"),
        ("中國香港", "810000"),
        ("Macao", "820000"),
        ("仙桃", "429004"),
        ("海南藏族自治州", "632500"),
    ],
)
def test_cities_with_difficult_names(text, city):
    assert regions.read_city(text).value.city == city


def test_a_county_level_city_stands_for_the_city_it_belongs_to():
    assert regions.read_city("昆山") == regions.read_city("Kunshan")
    assert regions.read_city("昆山").value == Place("CN", "320000", "320500", "320583")
    assert regions.read_city("浦东新区").value == regions.read_city("Shanghai Pudong").value


def test_a_district_may_go_without_its_ending():
    assert regions.read_city("重庆江北").value == Place("CN", "500000", "500000", "500105")
    assert regions.read_city("浙江 杭州 余杭") == regions.read_city("余杭区, Hangzhou")
    assert regions.read_city("上海市区").value == regions.read_city("上海").value


def test_a_province_is_taken_without_guessing_its_city():
    for text in ("江苏", "江苏省", "Jiangsu Province", "中国江苏"):
        assert regions.read_city(text).value == Place("CN", "320000")


@pytest.mark.parametrize("text", ["Taizhou", "朝阳区", "Chaoyang District"])
def test_a_name_of_several_places_is_asked_about(text):
    reading = regions.read_city(text)
    assert reading.value is None
    assert reading.worst is Severity.WARN
    assert text in reading.findings[0].text


def test_what_is_not_in_the_list_is_kept():
    unknown = regions.read_city("Springfield")
    assert unknown.value is None
    assert unknown.worst is Severity.INFO
    assert regions.read_city("München, Germany").value == Place("DE", line="München")
    assert regions.read_city("上海张江").value == Place("CN", "310000", "310000", line="张江")
    assert regions.read_city("  ").findings == ()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("上海市浦东新区世纪大道100号", Place("CN", "310000", "310000", "310115", "世纪大道100号")),
        ("浦东新区世纪大道100号", Place("CN", "310000", "310000", "310115", "世纪大道100号")),
        ("江苏省苏州市工业园区星湖街328号", Place("CN", "320000", "320500", "", "工业园区星湖街328号")),
        ("江苏省 苏州市 昆山市 前进路1号", Place("CN", "320000", "320500", "320583", "前进路1号")),
        ("昆山市花桥镇", Place("CN", "320000", "320500", "320583", "花桥镇")),
        ("100020 北京市朝阳区建国路88号", Place("CN", "110000", "110000", "110105", "100020 建国路88号")),
        ("北京市市辖区海淀区中关村", Place("CN", "110000", "110000", "110108", "中关村")),
        ("中国（上海）自由贸易试验区", Place("CN", "310000", "310000", "", "自由贸易试验区")),
        ("吉林省吉林市船营区", Place("CN", "220000", "220200", "220204")),
        ("吉林市船营区", Place("CN", "220000", "220200", "220204")),
        ("天津河北区光复道", Place("CN", "120000", "120000", "120105", "光复道")),
        ("上海南京西路1266号", Place("CN", "310000", "310000", "", "南京西路1266号")),
        ("廣東省深圳市南山區科技園", Place("CN", "440000", "440300", "440305", "科技園")),
        ("臺北市信義區市府路45號", Place("TW", "710000", "TW-TPE", "", "信義區市府路45號")),
        ("香港九龙弥敦道1号", Place("HK", "810000", "810000", "", "九龙弥敦道1号")),
    ],
)
def test_the_places_at_the_front_of_a_chinese_address(text, place):
    assert regions.read_address(text) == place


@pytest.mark.parametrize(
    "text", ["南京东路100号", "中山路12号", "北京西路8号", "朝阳区建国路1号", "上海路", "beijing road 3"]
)
def test_a_street_named_after_a_city_is_not_in_that_city(text):
    assert regions.read_address(text) == Place(line=text)


def test_a_latin_address_stays_whole():
    munich = "Leopoldstr. 12, Munich, Germany"
    assert regions.read_address(munich) == Place("DE", line=munich)
    pudong = "No. 88 Century Avenue, Pudong, Shanghai 200120, China"
    assert regions.read_address(pudong) == Place("CN", "310000", "310000", "310115", pudong)
    assert regions.read_address("德国慕尼黑") == Place("DE", line="德国慕尼黑")


@given(st.text(max_size=30))
def test_no_text_breaks_the_readers(text):
    regions.read_city(text)
    regions.read_country(text)
    assert regions.read_address(text).line in text.strip() or regions.read_address(text).province


def test_every_city_is_found_by_the_names_it_is_shown_with():
    for province in regions.provinces():
        for city in regions.cities(province):
            shown = regions.show(
                Place(regions.read_city(regions.name(province, "en")).value.country, province, city), "zh_CN"
            )
            assert regions.read_city(shown).value.city == city
            assert regions.read_city(f"{regions.name(city, 'en')}, {regions.name(province, 'en')}").value.city == city


def test_every_address_made_of_a_district_is_read_back():
    for province in regions.provinces():
        for city in regions.cities(province):
            for district in regions.districts(city):
                place = Place("CN", province, city, district)
                address = regions.show(place, "zh_CN") + "人民路1号"
                assert regions.read_address(address) == Place("CN", province, city, district, "人民路1号"), address


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("中国", "CN"),
        ("PRC", "CN"),
        ("德国", "DE"),
        ("Deutschland", "DE"),
        ("de", "DE"),
        ("USA", "US"),
        ("U.S.A.", "US"),
        ("UK", "GB"),
        ("Côte d'Ivoire", "CI"),
        ("Österreich", "AT"),
        ("台湾", "TW"),
        ("臺灣", "TW"),
        ("澳門", "MO"),
        ("韓國", "KR"),
        ("Turkey", "TR"),
    ],
)
def test_countries(text, code):
    assert regions.read_country(text).value == code


def test_an_unknown_country_is_kept():
    assert regions.read_country("Atlantis").worst is Severity.INFO
    assert regions.read_country("").findings == ()


def test_the_lists_are_whole():
    assert len(regions.countries()) == 249
    assert len(regions.provinces()) == 34
    assert len(regions.cities("320000")) == 13
    assert regions.cities("310000") == ("310000",)
    assert len(regions.districts("310000")) == 16
    assert len(regions.districts("500000")) == 38
    assert sum(len(regions.cities(province)) for province in regions.provinces()) > 340


def test_a_code_tells_all_it_lies_in():
    assert regions.place_of("320583") == Place("CN", "320000", "320500", "320583")
    assert regions.place_of("110000") == BEIJING
    assert regions.place_of("TW-TPE") == Place("TW", "710000", "TW-TPE")
    assert regions.place_of("HK") == regions.place_of("810000") == Place("HK", "810000", "810000")
    assert regions.place_of("DE") == Place("DE")
    assert regions.is_known("320583")
    assert not regions.is_known("999999")


def test_names_in_both_languages():
    assert regions.name("150000", "zh_CN") == "内蒙古自治区"
    assert regions.name("150000", "zh_CN", short=True) == "内蒙古"
    assert regions.name("150000", "en") == "Inner Mongolia"
    assert regions.name("610000", "en") == "Shaanxi"
    assert regions.name("TW-TPE", "en") == "Taipei"
    assert regions.name("DE", "zh_CN") == "德国"
    assert regions.name("310115", "en") == "Pudong"
    assert regions.name("999999", "en") == "999999"
    assert regions.show(SUZHOU, "en") == "Suzhou, Jiangsu"
    assert regions.show(BEIJING, "zh_CN") == "北京市"
    assert regions.show(Place("DE"), "en") == "Germany"
