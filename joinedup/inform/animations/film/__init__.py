"""The film "Integrated care in every community", drawn by Python as one SVG a frame.

Authoring time only: nothing here runs on a server. `python -m joinedup.inform.animations.film` draws
the frames with chromium and joins them with ffmpeg; what comes out is kept in `../sample`.
"""
