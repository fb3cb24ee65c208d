"""Files cut for a channel: pictures drawn by Pillow, clips composed by moviepy and encoded by ffmpeg.

Everything here takes values and files and gives files; nothing here knows the database.
"""
