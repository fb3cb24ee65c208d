"""The screens of orientations and campaigns, each with what hangs under it."""

import pytest
from django.urls import reverse

from campaigns.planning.models import Campaign, Orientation

pytestmark = pytest.mark.django_db
ADD_ORIENTATION = reverse("wagtailsnippets_planning_orientation:add")
ADD_CAMPAIGN = reverse("wagtailsnippets_planning_campaign:add")


def test_orientation_and_campaign_are_made_on_their_pages(province, signed_in):
    client = signed_in(province.editor)
    client.post(
        ADD_ORIENTATION,
        {"organisation": province.organisation.pk, "year": 2028, "title": "Năm của người dân"},
    )
    orientation = Orientation.objects.get(year=2028)
    client.post(
        ADD_CAMPAIGN,
        {
            "organisation": province.organisation.pk,
            "orientation": orientation.pk,
            "title": "Tháng cao điểm",
            "starts_on": "2028-03-01",
            "ends_on": "2028-03-31",
        },
    )
    assert Campaign.objects.get(title="Tháng cao điểm").orientation == orientation


def test_campaign_that_ends_before_it_starts_is_refused(province, signed_in):
    page = (
        signed_in(province.editor)
        .post(
            ADD_CAMPAIGN,
            {
                "organisation": province.organisation.pk,
                "orientation": province.campaign.orientation_id,
                "title": "Ngược ngày",
                "starts_on": "2028-03-31",
                "ends_on": "2028-03-01",
            },
        )
        .content.decode()
    )
    assert "Ngày kết thúc phải sau ngày bắt đầu." in page
    assert not Campaign.objects.filter(title="Ngược ngày").exists()


def test_orientation_of_a_neighbour_can_neither_be_cited_nor_used(province, neighbour, signed_in):
    client = signed_in(province.editor)
    page = client.get(ADD_CAMPAIGN).content.decode()
    assert neighbour.campaign.orientation.title not in page
    client.post(
        ADD_CAMPAIGN,
        {
            "organisation": province.organisation.pk,
            "orientation": neighbour.campaign.orientation_id,
            "title": "Dưới định hướng của nơi khác",
            "starts_on": "2028-03-01",
            "ends_on": "2028-03-31",
        },
    )
    assert not Campaign.objects.filter(title="Dưới định hướng của nơi khác").exists()


def test_orientation_shows_its_campaigns_and_campaign_its_posts(province, signed_in):
    post = province.post()
    client = signed_in(province.editor)
    above = reverse("wagtailsnippets_planning_orientation:edit", args=[province.campaign.orientation_id])
    assert province.campaign.title in client.get(above).content.decode()
    page = client.get(
        reverse("wagtailsnippets_planning_campaign:edit", args=[province.campaign.pk])
    ).content.decode()
    assert post.title in page
    assert "Đang soạn" in page


def test_campaign_of_a_neighbour_does_not_exist_here(province, neighbour, signed_in):
    address = reverse("wagtailsnippets_planning_campaign:edit", args=[neighbour.campaign.pk])
    assert signed_in(province.editor).get(address).status_code == 404
