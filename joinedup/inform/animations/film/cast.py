"""Who is in the film. All of them are invented."""

from joinedup.inform.animations.film.people import Look
from joinedup.inform.animations.film.shapes import BRICK, GREY, INK, LEAF, PALE_PLUM, PLUM, RIVER, SLATE, SUN

_LIGHT, _WHEAT, _TAN, _BROWN, _DEEP = "#f2cda9", "#d9a066", "#b9793f", "#8a5430", "#6b3f25"

AMINA = Look(_WHEAT, PLUM, "scarf", SUN, "gown", PLUM, glasses=True, number=1)
AMINA_CHILD = Look(_WHEAT, PLUM, "bunches", INK, "dress", number=2)
AMINA_YOUNG = Look(_WHEAT, PLUM, "long", INK, "trousers", SLATE, number=3)
AMINA_GROWN = Look(_WHEAT, PLUM, "scarf", SUN, "gown", PLUM, number=4)

GP = Look(_BROWN, RIVER, "bun", INK, "coat", INK, lanyard=True, number=5)
NURSE = Look(_LIGHT, "#2f7f97", "bun", "#a8572a", "tunic", INK, number=6)
DOCTOR = Look(_TAN, "#e9eef0", "turban", RIVER, "coat", SLATE, lanyard=True, beard=INK, number=7)
CARER = Look(_DEEP, BRICK, "afro", INK, "tunic", INK, lanyard=True, number=8)
VOLUNTEER = Look(_LIGHT, LEAF, "short", "#a8572a", "trousers", RIVER, beard="#a8572a", number=9)

ELDER = Look(_LIGHT, SLATE, "bald", GREY, "coat", "#6b5b4a", number=10)
MOTHER = Look(_BROWN, SUN, "afro", INK, "trousers", RIVER, number=11)
GRANDCHILD = Look(_WHEAT, LEAF, "bunches", INK, "dress", number=12)
WHEELS = Look(_TAN, BRICK, "short", INK, "trousers", SLATE, beard=INK, number=13)
NEIGHBOUR = Look(_DEEP, LEAF, "short", INK, "trousers", INK, number=14)
STUDENT = Look(_LIGHT, RIVER, "cap", BRICK, "trousers", SLATE, number=15)
FRIEND = Look(_LIGHT, PALE_PLUM, "bun", GREY, "skirt", PLUM, number=16)
SHOPPER = Look(_TAN, RIVER, "scarf", LEAF, "gown", RIVER, number=17)
