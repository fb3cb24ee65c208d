"""System checks: what would make a promise of the house untrue is said before the first request."""

from django.conf import settings
from django.core.checks import Error, Tags, register


@register(Tags.security, deploy=True)
def training_mode_is_never_deployed(app_configs, **kwargs):
    """Training mode signs people in without a second factor: never in production."""
    if settings.TRAINING_MODE:
        return [
            Error("LANTOA_TRAINING_MODE is on: sign-in would not ask for a second factor.", id="core.E001")
        ]
    return []


@register(Tags.security, deploy=True)
def sandbox_is_never_deployed(app_configs, **kwargs):
    """A production whose posts go to the sandbox reports success for posts nobody saw."""
    if settings.SANDBOX_BASE:
        return [
            Error("SANDBOX_BASE is set: posts would go to the sandbox, not to the platforms.", id="core.E002")
        ]
    return []


@register(Tags.security)
def content_policy_allows_nothing_inline(app_configs, **kwargs):
    """An 'unsafe-inline' in the policy would let an uploaded text run as script."""
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    loose = [name for name, sources in directives.items() if any("unsafe" in source for source in sources)]
    if loose:
        return [Error(f"The content policy allows inline code in {', '.join(loose)}.", id="core.E003")]
    return []
