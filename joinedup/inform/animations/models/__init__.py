"""Animations, pages in sign language, and what comes with their films."""

from joinedup.inform.animations.models.animations import AnimationIndexPage, AnimationPage
from joinedup.inform.animations.models.signed import BslPage
from joinedup.inform.animations.models.words import CaptionTrack, StoryPicture, Transcript

__all__ = ["AnimationIndexPage", "AnimationPage", "BslPage", "CaptionTrack", "StoryPicture", "Transcript"]
