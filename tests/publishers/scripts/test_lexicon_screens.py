"""The screens of the lexicon: list, trial reading, file, and the doubts of one script."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cms.accounts.models import Role
from publishers.scripts.models import LexiconEntry
from publishers.scripts.shipped_readings import shipped_like
from publishers.scripts.spoken import SYSTEM
from publishers.scripts.spoken.lexicon import read_tsv
from tests.factories.campaigns import PostFactory, VariantFactory
from tests.factories.cms import MembershipFactory, OrganisationFactory, PlaceFactory
from tests.factories.publishers import LexiconEntryFactory

pytestmark = pytest.mark.django_db
LIST = reverse("wagtailsnippets_scripts_lexiconentry:list")
ADD = reverse("wagtailsnippets_scripts_lexiconentry:add")
TRIAL = reverse("lexicon_trial")
FILE = reverse("lexicon_file")


@pytest.fixture
def body(client, settings):
    settings.TRAINING_MODE = True
    body = OrganisationFactory(place=PlaceFactory(commune=True))
    client.force_login(MembershipFactory(organisation=body, role=Role.COMMUNE_OFFICER).user)
    return body


def sent(body, **more) -> dict:
    return {
        "organisation": body.pk, "place": body.place.address, "written": "TVX", "spoken": "tổ vệ sinh xóm", "kind": "abbreviation",
        "sure": "certain", "when": "", "alternatives": "", "note": "", **more,
    }  # fmt: skip


def test_a_commune_sees_and_writes_its_own_layer_only(client, body):
    LexiconEntryFactory(written="XQZ", spoken="của nơi khác")
    client.post(ADD, sent(body))
    row = LexiconEntry.objects.get(written="TVX")
    assert (row.organisation, row.place) == (body, body.place)
    page = client.get(LIST).content.decode()
    assert "tổ vệ sinh xóm" in page
    assert "của nơi khác" not in page
    assert client.get(LIST, {"q": "vệ sinh"}).content.decode().count("TVX") >= 1


def test_the_list_says_how_many_readings_are_shipped_and_finds_them(client, body):
    page = client.get(LIST).content.decode()
    count = f"{len(SYSTEM.entries):,}".replace(",", ".")
    assert f"Máy đã biết sẵn {count} cách đọc" in page
    assert f'href="{TRIAL}"' in page
    assert "Chưa cơ quan nào ghi thêm cách đọc." in page
    found = client.get(LIST, {"q": "uBnD"}).content.decode()
    assert "<strong>UBND</strong>" in found
    assert "Ủy ban nhân dân" in found
    assert "Không có cách đọc nào khớp." in found
    nothing = client.get(LIST, {"q": "zzqzz"}).content.decode()
    assert "Máy chưa biết sẵn cách đọc nào khớp với từ này." in nothing


def test_an_operator_tries_readings_but_is_offered_to_keep_none(client, body):
    client.force_login(MembershipFactory(organisation=body, role=Role.WARD_OPERATOR).user)
    listed = client.get(LIST).content.decode()
    assert f'href="{TRIAL}"' in listed
    assert f'href="{FILE}"' not in listed
    given = {"text": "UBND xã đạt mức 3.5.", "organisation": body.pk, "region": "bac"}
    page = client.post(TRIAL, given).content.decode()
    assert "Ủy ban nhân dân xã đạt mức" in page
    assert "Chưa biết đọc" in page
    assert "Luôn đọc" not in page
    refused = client.post(TRIAL, {**given, "written": "3.5", "keep": "ba phẩy năm"}).content.decode()
    assert "Bạn không có quyền ghi cách đọc cho cơ quan này." in refused
    assert not LexiconEntry.objects.exists()


def test_shipped_readings_are_found_by_form_then_by_sound():
    assert shipped_like("ubnd").entries[0].spoken == "Ủy ban nhân dân"
    assert "UBND" in [entry.written for entry in shipped_like("uy ban nhan dan").entries]
    many = shipped_like("n")
    assert (len(many.entries), many.more > 500) == (12, True)
    assert shipped_like("  ").entries == ()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"spoken": "tổ số 2"}, "phải viết hoàn toàn bằng chữ"),
        ({"when": "cổng"}, "Điều kiện “cổng” chưa đúng"),
        ({"written": "1/2", "spoken": "một phần hai"}, "chỉ có số và dấu"),
        ({"written": "tổ", "spoken": "tổ tổ"}, "lại bị đọc thành"),
        ({"spoken": "tổ TVZ"}, "còn chữ viết tắt “TVZ”"),
        ({"place": "Nơi không có"}, "Không tìm thấy địa bàn"),
        ({"written": "TVY"}, "đã có cách đọc"),
    ],
)
def test_a_refused_reading_says_why(client, body, change, sentence):
    LexiconEntryFactory(organisation=body, written="TVY")
    page = client.post(ADD, sent(body, **change)).content.decode()
    assert sentence in page
    assert LexiconEntry.objects.count() == 1


def test_trial_reading_shows_words_doubts_and_choices(client, body):
    page = client.post(
        TRIAL, {"text": "Ngày 05/5, UBND gọi 18001096. Đạt 3.5.", "organisation": body.pk, "region": "bac"}
    ).content.decode()
    assert "Ngày mùng năm tháng năm, Ủy ban nhân dân gọi một tám không không, một không chín sáu." in page
    assert "Chưa biết đọc" in page
    assert "Luôn đọc “ba phẩy năm”" in page


def test_always_read_it_so_keeps_the_reading_and_reads_again(client, body):
    page = client.post(
        TRIAL,
        {"text": "Đạt 3.5.", "organisation": body.pk, "region": "bac", "written": "3.5", "keep": "ba phẩy năm", "kind": "abbreviation"},
    ).content.decode()  # fmt: skip
    row = LexiconEntry.objects.get()
    assert (row.written, row.spoken, row.place, row.post) == ("3.5", "ba phẩy năm", body.place, None)
    assert row.when == "? | <đạt"
    assert "Đạt ba phẩy năm." in page
    assert "Chưa biết đọc" not in page


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Vui lòng nhập văn bản"),
        ("👍🎉", "chỉ có biểu tượng"),
        ("Kinh moi ba con den nha van hoa thon hop luc sang mai", "không có dấu"),
        ("Céng hßa x· héi chñ nghÜa ViÖt Nam, ®éc lËp tù do h¹nh phóc", "TCVN3"),
        ("Thông \x01\x02\x03\x04 báo", "ký tự điều khiển"),
        ("a" * 5_000_000, "tối đa 20.000 ký tự"),
    ],
)
def test_what_cannot_be_read_is_answered_with_a_sentence(client, body, settings, text, sentence):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000_000
    answer = client.post(TRIAL, {"text": text, "organisation": body.pk, "region": "bac"})
    assert answer.status_code == 200
    assert sentence in answer.content.decode()


def test_a_reading_for_somebody_elses_body_is_refused(client, body):
    other = OrganisationFactory(place=PlaceFactory(commune=True))
    answer = client.post(
        TRIAL,
        {
            "text": "Đạt 3.5.",
            "organisation": other.pk,
            "region": "bac",
            "written": "3.5",
            "keep": "ba phẩy năm",
        },
    )
    assert answer.status_code == 200
    assert client.get(FILE, {"co-quan": other.pk}).status_code == 404
    assert not LexiconEntry.objects.exists()


def test_a_file_comes_in_with_every_fault_named_and_goes_out_again(client, body):
    def bring(text: str):
        file = SimpleUploadedFile("tu-dien.tsv", text.encode())
        return client.post(FILE, {"organisation": body.pk, "file": file})

    page = bring("written\tspoken\nTVX\ttổ 2\nTVY\t\n").content.decode()
    assert "Dòng 2" in page
    assert "Dòng 3" in page
    assert not LexiconEntry.objects.exists()
    assert bring("written\tspoken\nTVX\ttổ vệ sinh xóm\n").status_code == 302
    answer = client.get(FILE, {"co-quan": body.pk})
    assert answer.content.decode().splitlines()[1].startswith("TVX\ttổ vệ sinh xóm\tabbreviation")


def test_shipped_readings_go_out_as_a_file_that_can_be_read(client, body):
    answer = client.get(FILE, {"co-san": "1"})
    assert answer["Content-Disposition"] == 'attachment; filename="tu-dien-co-san.tsv"'
    entries, faults = read_tsv(answer.content.decode())
    assert (len(entries), faults) == (len(SYSTEM.entries), [])
    assert f'href="{FILE}?co-san=1"' in client.get(FILE).content.decode()


def test_the_doubts_of_a_script_are_settled_by_one_click(client, body):
    variant = VariantFactory(
        post=PostFactory(organisation=body),
        kind="loudspeaker",
        title="Tin",
        text="Thôn đạt mức 3.5 trong năm.",
    )
    address = reverse("lexicon_doubts", args=[variant.post.public_id])
    page = client.get(address).content.decode()
    assert "Còn 1 chỗ chưa biết đọc" in page
    assert "Luôn đọc như vậy cạnh từ “mức”" in page
    page = client.post(
        address, {"written": "3.5", "choice": "ba phẩy năm", "always": ""}, follow=True
    ).content.decode()
    assert "không còn chỗ nào phải xem lại" in page
    assert LexiconEntry.objects.get().post == variant.post
    refused = client.post(address, {"written": "3.5", "choice": "ba mươi lăm"}, follow=True).content.decode()
    assert "không còn trong danh sách" in refused


def test_the_list_asks_the_same_number_of_questions_for_many_rows(
    client, body, django_assert_max_num_queries
):
    for number in range(12):
        LexiconEntryFactory(organisation=body, written=f"TV{chr(65 + number)}Q")
    client.get(LIST)
    with django_assert_max_num_queries(30):
        client.get(LIST)


def test_editor_writes_a_reading_that_was_not_offered_and_goes_back(client, body):
    post = PostFactory(organisation=body)
    VariantFactory(loudspeaker=True, post=post, text="Mã hồ sơ mẫu là XQZ.")
    address = reverse("lexicon_doubts", args=[post.public_id])
    page = client.get(address).content.decode()
    assert f'href="{reverse("script_page", args=[post.public_id])}"' in page
    assert "Cách đọc của tôi" in page
    wrong = client.post(address, {"written": "XQZ", "own": "1", "choice": "  ", "always": ""}, follow=True)
    assert "Vui lòng ghi cách đọc bằng chữ." in wrong.content.decode()
    client.post(address, {"written": "XQZ", "own": "1", "choice": "xuân quỳ dung", "always": ""})
    row = LexiconEntry.objects.get()
    assert (row.written, row.spoken, row.post) == ("XQZ", "xuân quỳ dung", post)
    done = client.get(address).content.decode()
    assert "không còn chỗ nào phải xem lại" in done
    # A form nobody doubts is not taught here.
    client.post(address, {"written": "hồ sơ", "own": "1", "choice": "giấy tờ", "always": ""})
    assert LexiconEntry.objects.count() == 1
