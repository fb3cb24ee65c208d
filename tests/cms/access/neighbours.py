"""Two provinces that must not see each other: one person of A who holds every role there, and a row of B for every
kind of thing that has an owner."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from wagtail.models import Collection, Revision, Task, TaskState, Workflow, WorkflowState
from wagtail.permissions import policy_registry

from campaigns.planning.models import Orientation
from cms.access.policies import ScopedPolicy
from cms.accounts.models import Role, User
from cms.audit.models import AuditRow
from cms.core import clock
from cms.organisations.models import Organisation
from media.library.blobs import storing
from media.library.models import Asset, AssetKind
from media.library.uploads import check_picture, picture_row
from media.localisations.services import take
from media.taxonomy.models import Audience, Topic
from publishers.delivery.models import Delivery
from publishers.delivery.states import Reason, State
from publishers.stations.models import Station
from tests.factories.campaigns import (
    CampaignFactory,
    OrientationFactory,
    PostFactory,
    SlotFactory,
    VariantFactory,
)
from tests.factories.cms import (
    ChannelFactory,
    FactFactory,
    MembershipFactory,
    OrganisationFactory,
    PlaceFactory,
)
from tests.factories.media import AssetFactory, picture_bytes
from tests.factories.publishers import (
    LexiconEntryFactory,
    LocalNoticeFactory,
    PackageJobFactory,
    PlatformAppFactory,
    ProgrammeFactory,
    RecordedReadingFactory,
    StationFactory,
)

#: Stands in every name of the neighbour: an address that shows it to A's person has let something out.
MARK = "Kín của tỉnh bên"
OWN_MARK = "Của tỉnh mình"


def mark(body: Organisation) -> str:
    """Return the words that tell whose rows these are."""
    return MARK if body.name.startswith(MARK) else OWN_MARK


def _asset(body: Organisation) -> Model:
    with storing():
        picture = picture_row(
            check_picture(io.BytesIO(picture_bytes()), "upload", "anh.png"),
            f"{mark(body)} ảnh",
            body.pk,
            None,
        )
    return AssetFactory(
        organisation=body,
        title=f"{mark(body)} tài liệu",
        kind=AssetKind.INFOGRAPHIC,
        image=picture,
        alt_text=f"{mark(body)} mô tả",
    )


def _localisation(body: Organisation) -> Model:
    centre = OrganisationFactory()
    original = AssetFactory(organisation=centre, shared=True, title="Bản gốc dùng chung")
    made = take(original, body)
    Asset.objects.filter(pk=made.asset_id).update(title=f"{mark(body)} bản địa phương")
    return made


def _orientation(body: Organisation) -> Model:
    return Orientation.objects.filter(organisation=body).first() or OrientationFactory(
        organisation=body, title=f"{mark(body)} định hướng"
    )


def _campaign(body: Organisation) -> Model:
    return CampaignFactory(
        organisation=body, orientation=_orientation(body), title=f"{mark(body)} chiến dịch"
    )


def _post(body: Organisation) -> Model:
    return PostFactory(organisation=body, campaign=_campaign(body), title=f"{mark(body)} bài đăng")


def _delivery(body: Organisation) -> Delivery:
    slot = SlotFactory(variant=VariantFactory(post=_post(body)))
    return Delivery.objects.create(
        slot=slot,
        channel=slot.channel,
        kind=slot.channel.kind,
        organisation=body,
        state=State.HELD,
        reason=next(reason for reason in Reason if reason.value),
        sentence=f"{mark(body)} lý do tạm giữ.",
        due_at=slot.at,
    )


def _audit_row(body: Organisation) -> AuditRow:
    return AuditRow.objects.create(
        at=clock.now(),
        actor_name=f"{mark(body)} người",
        verb="test.act",
        target_type="organisations.organisation",
        target_id=str(body.pk),
        target_name=f"{mark(body)} việc",
        organisation_id=body.pk,
    )


def _station(body: Organisation) -> Station:
    return StationFactory(
        organisation=body, place=body.place, name=f"{mark(body)} đài {Station.objects.count() + 1}"
    )


#: How a body comes to own one row of each kind. A kind with a policy of its own and no line here fails the walk.
ROW_OF: dict[str, Callable[[Organisation], Model]] = {
    "organisations.organisation": lambda body: OrganisationFactory(
        place=body.place, parent=body, name=f"{mark(body)} đơn vị trực thuộc"
    ),
    "localisations.localisation": _localisation,
    "accounts.membership": lambda body: MembershipFactory(
        organisation=body, user__full_name=f"{mark(body)} cán bộ"
    ),
    "audit.auditrow": _audit_row,
    "facts.fact": lambda body: FactFactory(organisation=body, value=f"{mark(body)} số nhà"),
    "channels.channel": lambda body: ChannelFactory(organisation=body, name=f"{mark(body)} kênh"),
    "library.asset": _asset,
    "planning.orientation": _orientation,
    "planning.campaign": _campaign,
    "posts.post": _post,
    "taxonomy.topic": lambda body: Topic.objects.create(organisation=body, name=f"{mark(body)} chủ đề"),
    "taxonomy.audience": lambda body: Audience.objects.create(
        organisation=body, name=f"{mark(body)} đối tượng"
    ),
    "stations.station": _station,
    "programmes.programme": lambda body: ProgrammeFactory(station=_station(body)),
    "programmes.localnotice": lambda body: LocalNoticeFactory(
        station=_station(body), title=f"{mark(body)} thông báo"
    ),
    "delivery.delivery": _delivery,
    "scripts.packagejob": lambda body: PackageJobFactory(
        organisation=body, slot=SlotFactory(variant=VariantFactory(post=_post(body)))
    ),
    "scripts.recordedreading": lambda body: RecordedReadingFactory(
        organisation=body,
        version__station=StationFactory(organisation=body, place=body.place, name=f"{mark(body)} đài đọc"),
        version__slot=SlotFactory(variant=VariantFactory(post=_post(body))),
    ),
    "connections.platformapp": lambda body: PlatformAppFactory(
        organisation=body, name=f"{mark(body)} ứng dụng"
    ),
    "scripts.lexiconentry": lambda body: LexiconEntryFactory(
        organisation=body, place=body.place, spoken=f"{mark(body)} cách đọc"
    ),
}


def scoped_models() -> list[type[Model]]:
    """Return every model whose rows have an owner, by the registry the screens ask."""
    found = [
        model
        for store in (policy_registry.values_by_class, policy_registry.values_by_exact_class)
        for model, policy in store.items()
        if isinstance(policy, ScopedPolicy)
    ]
    return sorted(set(found), key=lambda model: model._meta.label_lower)


@dataclass
class Province:
    """A province with its lead body and a row of every kind, by model label."""

    body: Organisation
    rows: dict[str, Model] = field(default_factory=dict)
    revisions: dict[str, Revision] = field(default_factory=dict)
    task_states: dict[str, TaskState] = field(default_factory=dict)

    def fill(self) -> None:
        """Give the body a row of every scoped kind, revisions and a running workflow where Wagtail knows them."""
        for model in scoped_models():
            label = model._meta.label_lower
            row = ROW_OF[label](self.body)
            self.rows[label] = row
            if hasattr(row, "save_revision"):
                self.revisions[label] = row.save_revision(changed=False)
                self.task_states[label] = self._workflow_on(row, self.revisions[label])

    def _workflow_on(self, row: Model, revision: Revision) -> TaskState:
        workflow = Workflow.objects.create(name=f"Quy trình {row.pk} của {self.body.short_name}")
        task = Task.objects.create(name=f"Bước {row.pk} của {self.body.short_name}")
        kind = ContentType.objects.get_for_model(type(row))
        state = WorkflowState.objects.create(
            content_type=kind, base_content_type=kind, object_id=str(row.pk), workflow=workflow,
            status=WorkflowState.STATUS_IN_PROGRESS,
        )  # fmt: skip
        task_state = TaskState.objects.create(workflow_state=state, task=task, revision=revision)
        state.current_task_state = task_state
        state.save()
        return task_state


@dataclass
class Neighbours:
    """`own` is where `person` holds every role; `other` is the province next to it."""

    person: User
    own: Province
    other: Province


def lead_body(name: str) -> Organisation:
    """Return the lead body of a new province."""
    return OrganisationFactory(name=name, short_name=name, place=PlaceFactory(province=True), leads=True)


def settle() -> Neighbours:
    """Make both provinces and A's person."""
    # Wagtail's root collection comes from a migration; a test that flushes the tables before takes it away.
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
    own, other = Province(lead_body("Sở Mẫu A")), Province(lead_body(f"{MARK} Sở"))
    own.fill()
    other.fill()
    first = MembershipFactory(
        organisation=own.body, role=Role.CENTRAL_EDITOR, user__full_name="Người của tỉnh A"
    )
    for role in Role:
        if role != Role.CENTRAL_EDITOR:
            MembershipFactory(user=first.user, organisation=own.body, role=role)
    return Neighbours(first.user, own, other)
