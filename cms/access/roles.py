"""What each role may do to each kind of thing. Pure data: one table, read by the policy and shown in the docs.

Actions are Wagtail's (`view`, `add`, `change`, `delete`, `publish`, `lock`, `unlock`, `choose`) and ours
(`approve`, `connect`, `operate`, `freeze`: stop all posting, `recall`: take back or correct what is out). Kinds are
model labels in lower case. A role that is not named for a kind may do nothing to it. There is no wildcard and no
superuser."""

from __future__ import annotations

from cms.accounts.models import Role

VIEW = frozenset({"view", "choose"})
WRITE = VIEW | {"add", "change", "delete", "lock", "unlock"}
RUN = VIEW | {"operate", "freeze"}

EDITORS = (Role.CENTRAL_EDITOR, Role.PROVINCIAL_COMMUNICATOR)

ROLE_ACTIONS: dict[str, dict[str, frozenset[str]]] = {
    "library.asset": {
        Role.CENTRAL_EDITOR: WRITE | {"publish"},
        Role.PROVINCIAL_COMMUNICATOR: WRITE | {"publish"},
        Role.COMMUNE_OFFICER: WRITE,
        Role.APPROVER: VIEW,
        Role.WARD_OPERATOR: VIEW,
        Role.ADMINISTRATOR: VIEW,
    },
    "localisations.localisation": {
        Role.CENTRAL_EDITOR: WRITE,
        Role.PROVINCIAL_COMMUNICATOR: WRITE,
        Role.COMMUNE_OFFICER: WRITE,
        Role.APPROVER: VIEW,
        Role.ADMINISTRATOR: VIEW,
    },
    "planning.orientation": {
        Role.CENTRAL_EDITOR: WRITE,
        Role.PROVINCIAL_COMMUNICATOR: WRITE,
        Role.APPROVER: VIEW,
        Role.COMMUNE_OFFICER: VIEW,
        Role.ADMINISTRATOR: VIEW,
    },
    "planning.campaign": {
        Role.CENTRAL_EDITOR: WRITE,
        Role.PROVINCIAL_COMMUNICATOR: WRITE,
        Role.APPROVER: VIEW,
        Role.COMMUNE_OFFICER: VIEW,
        Role.ADMINISTRATOR: VIEW,
    },
    "posts.post": {
        Role.CENTRAL_EDITOR: WRITE | {"recall"},
        Role.PROVINCIAL_COMMUNICATOR: WRITE | {"recall"},
        Role.COMMUNE_OFFICER: WRITE | {"recall"},
        Role.APPROVER: VIEW | {"approve", "recall"},
        Role.ADMINISTRATOR: VIEW,
    },
    "channels.channel": {
        Role.CENTRAL_EDITOR: VIEW,
        Role.PROVINCIAL_COMMUNICATOR: VIEW,
        Role.COMMUNE_OFFICER: VIEW,
        Role.APPROVER: VIEW,
        Role.ADMINISTRATOR: WRITE | {"connect"},
    },
    # Keys of apps: administrators only, and none is deleted while a channel hangs on it.
    "connections.platformapp": {
        Role.ADMINISTRATOR: WRITE - {"delete"},
    },
    "stations.station": {
        Role.CENTRAL_EDITOR: VIEW,
        Role.PROVINCIAL_COMMUNICATOR: WRITE,
        Role.COMMUNE_OFFICER: VIEW | {"change"},
        Role.APPROVER: VIEW,
        Role.WARD_OPERATOR: VIEW,
        Role.ADMINISTRATOR: WRITE,
    },
    # A session is arranged and a notice written where it is read; a notice has an approver of its own commune.
    "programmes.programme": {
        Role.PROVINCIAL_COMMUNICATOR: VIEW,
        Role.COMMUNE_OFFICER: VIEW | {"change"},
        Role.WARD_OPERATOR: VIEW | {"change"},
        Role.APPROVER: VIEW,
        Role.ADMINISTRATOR: VIEW,
    },
    "programmes.localnotice": {
        Role.PROVINCIAL_COMMUNICATOR: VIEW,
        Role.COMMUNE_OFFICER: WRITE,
        Role.WARD_OPERATOR: WRITE,
        Role.APPROVER: VIEW | {"approve"},
        Role.ADMINISTRATOR: VIEW,
    },
    # A word that material carries is retired, never deleted.
    **{
        kind: {
            Role.CENTRAL_EDITOR: WRITE - {"delete"},
            Role.PROVINCIAL_COMMUNICATOR: WRITE - {"delete"},
            Role.COMMUNE_OFFICER: VIEW,
            Role.APPROVER: VIEW,
            Role.ADMINISTRATOR: VIEW,
        }
        for kind in ("taxonomy.topic", "taxonomy.audience")
    },
    "facts.fact": {
        Role.CENTRAL_EDITOR: WRITE,
        Role.PROVINCIAL_COMMUNICATOR: WRITE,
        Role.COMMUNE_OFFICER: WRITE,
        Role.APPROVER: VIEW,
        Role.ADMINISTRATOR: VIEW,
    },
    "scripts.lexiconentry": {
        Role.CENTRAL_EDITOR: WRITE,
        Role.PROVINCIAL_COMMUNICATOR: WRITE,
        Role.COMMUNE_OFFICER: WRITE,
        Role.APPROVER: VIEW,
        Role.WARD_OPERATOR: VIEW,
        Role.ADMINISTRATOR: VIEW,
    },
    "scripts.packagejob": {
        Role.CENTRAL_EDITOR: RUN,
        Role.PROVINCIAL_COMMUNICATOR: RUN,
        Role.APPROVER: VIEW,
        Role.ADMINISTRATOR: RUN,
    },
    "scripts.recordedreading": {
        Role.CENTRAL_EDITOR: VIEW,
        Role.PROVINCIAL_COMMUNICATOR: VIEW | {"add", "approve"},
        Role.COMMUNE_OFFICER: VIEW | {"add", "approve"},
        Role.WARD_OPERATOR: VIEW | {"add"},
        Role.APPROVER: VIEW | {"approve"},
        Role.ADMINISTRATOR: VIEW,
    },
    "delivery.delivery": {
        Role.CENTRAL_EDITOR: RUN,
        Role.PROVINCIAL_COMMUNICATOR: RUN,
        Role.APPROVER: VIEW | {"freeze"},
        Role.COMMUNE_OFFICER: VIEW,
        Role.ADMINISTRATOR: RUN,
    },
    "organisations.organisation": {
        Role.CENTRAL_EDITOR: VIEW,
        Role.PROVINCIAL_COMMUNICATOR: VIEW,
        Role.COMMUNE_OFFICER: VIEW,
        Role.APPROVER: VIEW,
        Role.ADMINISTRATOR: WRITE,
    },
    # A role ends; it is never deleted, because what was done in it stays.
    "accounts.membership": {
        Role.ADMINISTRATOR: WRITE - {"delete"},
    },
    "audit.auditrow": {
        Role.ADMINISTRATOR: VIEW,
        Role.APPROVER: VIEW,
    },
}


def roles_allowing(label: str, actions: frozenset[str]) -> frozenset[str]:
    """Return the roles that may do at least one of `actions` to the kind `label` ("room.model")."""
    return frozenset(role for role, allowed in ROLE_ACTIONS.get(label, {}).items() if allowed & actions)
