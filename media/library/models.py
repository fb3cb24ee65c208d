"""One Asset table; the files it carries are blobs, kept once per content."""

from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.blocks import CharBlock, ListBlock, RichTextBlock
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, WorkflowMixin
from wagtail.search import index

from cms.core.models import Dated, NFCCharField, NFCTextField, PubliclyNumbered
from media.library.file_tables import (
    Blob,
    LibraryDocument,
    LibraryImage,
    LibraryMedia,
    LibraryRendition,
    PictureBand,
)
from media.library.finding.tables import DocumentText, SearchEntry, SearchPending, SearchPosting, TextSketch
from media.library.flag_tables import AssetFlag
from media.library.querysets import AssetQuerySet
from media.library.rights import Consent, Licence
from media.library.upload_tables import Upload
from media.library.version_tables import PublishedVersion
from media.taxonomy.languages import VIETNAMESE, language_choices

__all__ = [
    "Asset",
    "AssetFlag",
    "AssetKind",
    "Blob",
    "Consent",
    "DocumentStatus",
    "DocumentText",
    "Licence",
    "LibraryDocument",
    "LibraryImage",
    "PictureBand",
    "PublishedVersion",
    "LibraryMedia",
    "LibraryRendition",
    "SearchEntry",
    "SearchPending",
    "SearchPosting",
    "Sharing",
    "TextSketch",
    "Upload",
    "Withdrawal",
]


PROCEDURE_CODE = RegexValidator(
    r"^\d\.\d{6}$", _("Mã thủ tục gồm một chữ số, dấu chấm và sáu chữ số, ví dụ 1.001193.")
)


class AssetKind(models.TextChoices):
    INFOGRAPHIC = "do-hoa", _("Đồ họa")
    CLIP = "video", _("Video")
    AUDIO = "am-thanh", _("Âm thanh")
    ARTICLE = "bai-viet", _("Bài viết")
    DOCUMENT = "van-ban", _("Văn bản")


class Sharing(models.TextChoices):
    """Who beside the owner may read and use it."""

    OWN = "rieng", _("Trong cơ quan")
    BRANCH = "nhanh", _("Trong địa bàn")
    EVERYBODY = "toan-he-thong", _("Toàn hệ thống")
    PUBLIC = "cong-khai", _("Công khai")


class DocumentStatus(models.TextChoices):
    """Where a source document stands. A draft or expired one may not feed a public item."""

    NOT_A_SOURCE = "", _("Không phải văn bản nguồn")
    DRAFT = "du-thao", _("Dự thảo")
    IN_FORCE = "con-hieu-luc", _("Còn hiệu lực")
    EXPIRED = "het-hieu-luc", _("Hết hiệu lực")


class Asset(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    index.Indexed,
    Dated,
    PubliclyNumbered,
    ClusterableModel,
):
    """One item of the shared library (tài liệu). Its kind decides which content it carries."""

    organisation = models.ForeignKey(
        "organisations.Organisation",
        on_delete=models.PROTECT,
        related_name="assets",
        verbose_name=_("cơ quan sở hữu"),
    )
    kind = models.CharField(_("loại tài liệu"), max_length=12, choices=AssetKind)
    title = NFCCharField(_("tên tài liệu"), max_length=200)
    summary = NFCTextField(_("tóm tắt dễ hiểu"), blank=True)
    body = StreamField(
        [
            ("heading", CharBlock(label=_("Tiêu đề mục"), icon="title")),
            (
                "paragraph",
                RichTextBlock(label=_("Đoạn văn"), features=["bold", "italic", "ul", "ol", "link"]),
            ),
            ("steps", ListBlock(CharBlock(label=_("Bước")), label=_("Các bước"), icon="list-ol")),
            ("warning", CharBlock(label=_("Cảnh báo"), icon="warning")),
        ],
        blank=True,
        verbose_name=_("nội dung"),
    )
    image = models.ForeignKey(
        LibraryImage,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="assets",
        verbose_name=_("hình ảnh"),
    )
    clip = models.ForeignKey(
        LibraryMedia,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="assets",
        verbose_name=_("video, âm thanh"),
    )
    document = models.ForeignKey(
        LibraryDocument,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="assets",
        verbose_name=_("tệp văn bản"),
    )
    alt_text = NFCTextField(_("mô tả hình cho người khiếm thị"), blank=True)
    transcript = NFCTextField(_("lời thoại"), blank=True)
    captions = NFCTextField(_("phụ đề"), blank=True, help_text=_("Định dạng WebVTT."))
    end_card = NFCCharField(
        _("lời mời ở cảnh kết"),
        max_length=120,
        blank=True,
        help_text=_(
            "Một câu, ví dụ “Mời bà con làm thử tại nhà”. Tên, biểu trưng, đường dây nóng và trang web lấy từ thông tin "
            "của cơ quan; cảnh kết được làm lại khi cắt video ở trang Tệp theo kênh."
        ),
    )
    source_note = NFCCharField(_("nguồn"), max_length=250, blank=True)
    language = models.CharField(_("ngôn ngữ"), max_length=20, default=VIETNAMESE, choices=language_choices)
    sharing = models.CharField(_("phạm vi chia sẻ"), max_length=14, choices=Sharing, default=Sharing.OWN)
    document_status = models.CharField(
        _("hiệu lực văn bản nguồn"), max_length=14, choices=DocumentStatus, blank=True, default=""
    )
    document_number = NFCCharField(_("số, ký hiệu"), max_length=80, blank=True)
    sources = ParentalManyToManyField(
        "self", symmetrical=False, blank=True, related_name="feeds", verbose_name=_("văn bản nguồn")
    )
    relies_on = ParentalManyToManyField(
        "facts.Fact", blank=True, related_name="relied_on_by", verbose_name=_("dữ kiện dựa vào")
    )
    topics = ParentalManyToManyField(
        "taxonomy.Topic", blank=True, related_name="assets", verbose_name=_("chủ đề")
    )
    audiences = ParentalManyToManyField(
        "taxonomy.Audience", blank=True, related_name="assets", verbose_name=_("đối tượng")
    )
    procedure_code = models.CharField(
        _("mã thủ tục hành chính"),
        max_length=20,
        blank=True,
        validators=[PROCEDURE_CODE],
        help_text=_("Mã trên Cổng Dịch vụ công quốc gia, ví dụ 1.001193."),
    )
    rights_holder = NFCCharField(
        _("chủ sở hữu quyền"),
        max_length=200,
        blank=True,
        help_text=_("Cơ quan hoặc người làm ra nội dung, để ghi công và để hỏi khi cần dùng vào việc khác."),
    )
    licence = models.CharField(_("quyền sử dụng"), max_length=14, choices=Licence, blank=True, default="")
    consent = models.CharField(
        _("người nhận ra được trong hình, tiếng"), max_length=14, choices=Consent, blank=True, default=""
    )
    consent_note = NFCCharField(
        _("văn bản đồng ý lưu ở đâu"),
        max_length=250,
        blank=True,
        help_text=_("Chỉ ghi nơi lưu và ngày, không ghi họ tên hay số giấy tờ của người đồng ý."),
    )
    usable_from = models.DateTimeField(
        _("chưa dùng trước"), null=True, blank=True, help_text=_("Nơi khác chỉ đọc và dùng được từ lúc này.")
    )
    usable_until = models.DateField(
        _("dùng đến hết ngày"),
        null=True,
        blank=True,
        help_text=_("Sau ngày này không nơi nào dùng được nữa."),
    )
    version_note = NFCCharField(
        _("ghi chú phiên bản"),
        max_length=200,
        blank=True,
        help_text=_("Phiên bản này đổi gì so với trước. Cần có khi thay tệp của tài liệu đã lưu."),
    )
    retired_at = models.DateTimeField(_("ngừng dùng từ"), null=True, blank=True, editable=False)
    machine_made = models.BooleanField(
        _("hình hoặc giọng do máy tạo"),
        default=False,
        help_text=_("Sẽ được ghi rõ ở mọi nơi tài liệu xuất hiện."),
    )
    review_by = models.DateField(_("rà soát trước ngày"), null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người tạo"),
    )
    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="asset")
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="asset",
        for_concrete_model=False,
    )

    objects = AssetQuerySet.as_manager()

    # Assets are found through `media.library.finding`, which is told of every save; Wagtail's index is not.
    search_auto_update = False

    search_fields = [
        index.SearchField("title", boost=3),
        index.SearchField("summary"),
        index.SearchField("transcript"),
        index.SearchField("captions"),
        index.SearchField("alt_text"),
        index.SearchField("document_number"),
        index.SearchField("body"),
        # Lists and choosers look for word beginnings in the same texts.
        index.AutocompleteField("title"),
        index.AutocompleteField("summary"),
        index.AutocompleteField("transcript"),
        index.AutocompleteField("alt_text"),
        index.AutocompleteField("document_number"),
        index.AutocompleteField("body"),
        index.FilterField("organisation_id"),
        index.FilterField("kind"),
        index.FilterField("sharing"),
        index.FilterField("live"),
    ]

    class Meta:
        verbose_name = _("tài liệu")
        verbose_name_plural = _("tài liệu")
        ordering = ["-updated_at"]

    def __str__(self) -> str:
        return self.title

    @property
    def revisions(self):
        return self._revisions

    @property
    def picture(self) -> LibraryImage | None:
        """What stands for the asset in a list: its picture, or a frame of its clip."""
        if self.image_id:
            return self.image
        return self.clip.poster if self.clip is not None else None

    @property
    def shows_identity_card(self) -> bool:
        """Whether an identity card was seen in one of its files."""
        return any(
            row is not None and row.shows_identity_card for row in (self.image, self.clip, self.document)
        )

    @property
    def is_source(self) -> bool:
        """Whether this is a document that others are written from."""
        return self.kind == AssetKind.DOCUMENT and bool(self.document_status)

    def is_previewable(self) -> bool:
        """Only what has been saved can be shown as it will look: an upload is not kept before that."""
        return bool(self.pk)

    def get_preview_template(self, request, mode_name) -> str:
        return "library/preview.html"

    def get_preview_context(self, request, mode_name) -> dict:
        return {"asset": self, "in_preview": True}

    def get_absolute_url(self) -> str:
        return reverse("library:asset", args=[self.public_id])


class WithdrawalQuerySet(models.QuerySet["Withdrawal"]):
    def standing(self) -> WithdrawalQuerySet:
        """Withdrawals that have not been lifted."""
        return self.filter(lifted_at__isnull=True)


class Withdrawal(PubliclyNumbered):
    """An asset, or one version of it, that may go out nowhere any more (thu hồi tài liệu), until it is lifted.

    Rooms to the right pull this row; the library calls nobody."""

    asset = models.ForeignKey(
        Asset, on_delete=models.PROTECT, related_name="withdrawals", verbose_name=_("tài liệu")
    )
    # "": every version, those still to be written too.
    version = models.CharField(_("phiên bản"), max_length=64, blank=True, default="")
    reason = NFCCharField(_("lý do"), max_length=250)
    urgent = models.BooleanField(
        _("khẩn cấp"), default=False, help_text=_("Gỡ ngay trên mọi kênh, không chờ từng cơ quan.")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("người thu hồi")
    )
    at = models.DateTimeField(_("thu hồi lúc"))
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người gỡ lệnh thu hồi"),
    )
    lifted_at = models.DateTimeField(_("gỡ lệnh lúc"), null=True, blank=True)

    objects = WithdrawalQuerySet.as_manager()

    class Meta:
        verbose_name = _("lệnh thu hồi tài liệu")
        verbose_name_plural = _("lệnh thu hồi tài liệu")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["asset", "version"],
                condition=models.Q(lifted_at__isnull=True),
                name="one_standing_withdrawal_per_version",
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="withdrawal_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.asset}: {self.reason}"
