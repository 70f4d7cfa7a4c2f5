"""The 1,024 words that secret words are made of: short, common, easy to say and to write down.

Our own list. Left out are words that sound like another (flour, flower), that name people or their
faith, colour or body in a way that could hurt in a pair, and most that begin another word of the
list. The number is a power of two on purpose: each word then stands for ten bits exactly. Changing
the list changes nothing for words already given, because only their digests are kept.
"""

_LIST = """
    acorn actor almond amber anchor angle ankle apple apricot apron arch arm arrow artist atlas attic autumn
    avenue badge bag baker balcony ball balloon bamboo banana band bank banner barge bark barley barn barrel
    basalt basil basin basket bat bath beach beacon bead beak beam bean bear bed beetle bell belt bench
    beret bicycle bike birch bird biscuit blanket blazer blossom blouse boat bobbin bonnet book boot border
    bottle bowl box bracelet bracken bramble branch brass bread breeze brick bridge bright brioche bronze
    brook broom broth brush bubble bucket buckle bud buffalo bugle bulb bumper bundle bunny bunting bus
    butter button buzzard cabbage cabin cable cactus cake calm camel camera camp canal candle canoe canvas
    cap captain car caramel caravan carpet carrot cashew castle cat catkin cave cedar celery cello chain
    chair chalk chariot charm cheddar cheese cherry chess chest chestnut chicken chimney chive chocolate
    choir chutney cinnamon circle circus citrus city clam clarinet clay clementine cliff clip cloak clock
    clockwork cloth cloud clover coach coast coat cobble cobweb cocoa coffee coin collar comb comet compass
    cone cook copper coral cork corn cosmos cosy cottage cotton country courtyard cousin cover crab cradle
    craft cranberry crane crayon cream creek crescent crest cricket crisp crocus crop crow crumb crystal
    cube cuckoo cucumber cup cupboard curry curtain curve cushion custard cutlery cycle daffodil dahlia
    dairy daisy dance dandelion dapple dawn day deck delta desert desk diamond diary dimple dinner dish
    diver dolphin domino doodle door dormouse dot dough dove dragon drawer dream dress drift drum dumpling
    dune dust eager eagle early earring easel east easy echo edge egg elbow elder elm ember emerald engine
    envelope evening explore eyebrow fabric falcon family farm feast feather felt fence fennel fern fiddle
    field fiesta fig film finch finger fire firefly fish flag flame flannel flask fleece flint float flora
    flute folder forest fork fossil fountain fox foxglove frame freckle freesia fresh friend frog frost
    fruit fudge funnel gable galaxy gallery game garden garlic garnet gate gazebo gecko gentle geranium
    giant gift ginger giraffe glad glass glider glitter globe glove glow goat gold goldfish golf goose gorse
    grain grand granite grape grass gravel gravy green grocer grotto grove guard guava guitar gumboot
    haddock hamlet hammer hammock hamper hamster hand happy harbour harmony harp harvest hat hawk hazel
    hazelnut heart heather hedge helmet hen herb heron hiking hill hinge hive hobby holiday hollow holly
    honey honeybee hoop horizon hotel house hyacinth ice iceberg icing igloo inch index indigo ink insect
    iris iron island ivory ivy jackdaw jacket jade jaguar jam jar jasmine jeans jelly jersey jester jewel
    jigsaw join jolly journal journey joy jubilee juggle juice jumper jungle juniper kayak keeper kennel
    kestrel kettle key keyring kind kiosk kitchen kitten knitting koala label lace ladder ladle lagoon lake
    lamb lamp land lantern laugh laundry laurel lavender lawn leaf leap leather lemon lemur lentil leopard
    lettuce level library light lighthouse lilac lily lime linen lion list lively lizard llama loaf lobby
    lobster loft log lollipop lolly lorry lotus loyal lucky lunar lunch lupin mackerel magic magnet magnolia
    magpie maize mallet mandarin mandolin mango mantle map maple marble march margin marigold marina market
    marmalade marrow marsh mask mat meadow meerkat mellow melody merlin merry meteor midday middle milk mill
    minnow mint minute mirror mitten model moment monday month moon moorhen mop morning mosaic moss moth
    mountain mouse muffin mug mulberry museum mushroom music mustard napkin narrow nature neat necklace
    nectar needle nest net nettle new nice nickel noodle noon north notebook novel nugget number nutmeg
    nutshell oak oasis oat oatcake ocean octave october octopus olive omelette onion opal open orange orbit
    orchard orchid oregano origami ostrich otter outdoor oval oven owl oyster paddle page paint palace palm
    pancake panda panel pantry paper paprika parade parasol parcel park parrot parsley parsnip partridge
    party pasta pastry patch path patio pavilion peach peacock peanut pearl pebble pedal pelican pen pencil
    penguin pepper pepperpot perch petal petunia pheasant piano piccolo pickle picnic picture pie pigeon
    pigment pillow pilot pine pineapple pink pipe pistachio pitch pizza planet plaster plate platypus play
    plaza plough plum pocket poem pollen pomelo poncho pond pony poodle popcorn poplar poppy porch porridge
    port postbox postcard poster potato potter powder pretzel primrose print proud prune puddle puffin
    pulley pumpkin puppet puppy purple purse puzzle pyramid quail quartz quick quiet quill quilt quince
    racket radio radish raft railway rainbow raisin ramble ramp ranch raspberry raven ready recipe record
    red reef reindeer rhubarb ribbon rice riddle ridge ring ripple river robin robot rock roof room rope
    rose rosemary rosy round rowan ruby rudder rug ruler runner rustle saffron sage sailor salad salmon salt
    sapphire sardine satin saturn saucer scallop scarf scarlet school scone scooter score scroll seagull
    season seaweed seed seesaw shadow shark shawl shed sheep shelf shell shirt shoe shop shower shrimp
    shuttle signal silk silver singer sister skate sketch ski skip skylark slide slipper smart smile smooth
    snail snow soap soccer sock sofa soft solar song sonnet soup south spade spaniel spark sparrow spice
    spider spinach spiral spire splash sponge spoon spring sprout square squash squirrel stable stadium
    stage stamp star starling station statue steady steam stem step stew stick stitch stone stool stork
    story stove straw stream street string stripe studio sturdy sugar suit summer summit sun sunset supper
    swan sweater sweet swift swim swing table tadpole tailor talent tandem tangerine tango tapestry tassel
    taxi teacher teapot teddy telescope tennis tent terrace thimble thistle thread thrush thumb thunder
    thyme ticket tidy tiger tile timber tin tinsel toast toffee tomato torch tortoise toucan towel tower
    town toy tractor trail train travel tray treasure tree trellis triangle trio trolley trophy trout trowel
    truck trumpet trunk tuba tug tulip tuna tunnel turkey turnip turquoise turtle tweed twig twilight twin
    ukulele umbrella uncle unicorn uniform union valley van vanilla vase vault velvet vest viaduct village
    vine vineyard violet violin visitor voice volcano volley voyage waffle wagon walk wallet walnut walrus
    waltz warm wash water weaver wedge weekend west wheat wheel whisker whistle wicker wide willow wind
    window wing winter wolf wonder wooden wool world wren wrist yacht yard yarn year yoga yogurt zebra zest
    zigzag zinc zip zoo
"""

WORDS: tuple[str, ...] = tuple(_LIST.split())
