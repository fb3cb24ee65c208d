"""What bulletin packages say to the systems of provinces, and which voices may speak."""

from cms.settings.parts.paths import env

# The code values of each province's own information system, by province code ("*": all of them):
#   {"*": {"MucDoUuTien": {"khan-cap": 1}}, "52": {"LoaiBanTin": {"phat-thanh": 3}}}
# What is not named here keeps our own word. See docs/renderers.md.
BULLETIN_CODES = env.json("LANTOA_BULLETIN_CODES", default={})

# A voice service over HTTP (publishers/scripts/voices/http_service.py); without one, espeak-ng reads where installed.
VOICE_SERVICE_BASE = env.str("VOICE_SERVICE_BASE", default="")
VOICE_SERVICE_KEY = env.str("VOICE_SERVICE_KEY", default="")
# Names of the service's voices: {"nu": "…", "nam": "…"}, or by region {"nu-bac": "…", "nam-nam": "…"}.
VOICE_SERVICE_VOICES = env.json("VOICE_SERVICE_VOICES", default={})
# The robot's voice of espeak-ng, to try a bulletin out.
TRIAL_VOICE = env.bool("LANTOA_TRIAL_VOICE", default=True)
