"""What bulletin packages say to the systems of provinces, and which voices may speak."""

from cms.settings.parts.paths import env

# The code values of each province's own information system, by province code ("*": all of them):
#   {"*": {"MucDoUuTien": {"khan-cap": 1}}, "52": {"LoaiBanTin": {"phat-thanh": 3}}}
# What is not named here keeps our own word. See docs/renderers.md.
BULLETIN_CODES = env.json("LANTOA_BULLETIN_CODES", default={})
