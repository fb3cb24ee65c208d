"""Voices that read a script aloud: each behind the same small interface (`provider`)."""
