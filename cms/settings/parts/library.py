"""The library: what looks into uploads, how much is cut at once."""

from cms.settings.parts.paths import env

#: Files for channels that are cut at the same time, over all workers.
RENDITIONS_AT_ONCE = env.int("LANTOA_RENDITIONS_AT_ONCE", default=1)
#: A ClamAV daemon that looks into every upload: unix:///run/clamav/clamd.ctl or tcp://host:3310; empty: none.
CLAMD_ADDRESS = env.str("LANTOA_CLAMD", default="")
#: The program that reads letters in uploaded pictures, by name or path; missing or empty: numbers of identity cards are
#: found in QR codes only.
TESSERACT = env.str("LANTOA_TESSERACT", default="tesseract")
