import type { Colours } from './colours';
import * as bags from './shapes/bags';
import * as bath from './shapes/bath';
import * as drinks from './shapes/drinks';
import * as garden from './shapes/garden';
import * as kitchen from './shapes/kitchen';
import * as lighting from './shapes/lighting';
import * as stationery from './shapes/stationery';
import * as table from './shapes/table';
import * as textiles from './shapes/textiles';
import * as toys from './shapes/toys';

export type Draw = (colours: Colours) => string;

/** What a product is, by what its id says; the first line that fits is taken. */
const SHAPES: readonly (readonly [RegExp, Draw])[] = [
  [/gift-wrap/, stationery.wrap], [/bath-mat/, bath.bathMat], [/bath-brush/, bath.bathBrush], [/nail-brush/, bath.nailBrush], [/shaving-brush/, bath.shavingBrush],
  [/soap-dish/, bath.soapDish], [/shampoo-bar/, bath.bar], [/soap/, bath.soap], [/hand-wash/, bath.pump], [/lotion|bath-oil/, bath.bottle],
  [/bath-salts/, bath.saltJar], [/tumbler/, bath.tumbler], [/sponge/, bath.sponge], [/basket/, bath.basket],
  [/kneeling-mat/, garden.mat], [/indoor-watering/, garden.indoorCan], [/watering/, garden.wateringCan], [/trowel/, garden.trowel],
  [/hand-fork/, garden.handFork], [/secateurs/, garden.secateurs], [/saw$/, garden.saw], [/terracotta-pot-14/, garden.smallPot],
  [/terracotta-pot/, garden.pot], [/hanging-planter/, garden.hangingPlanter], [/planter/, garden.planter], [/flower-seeds/, garden.flowerSeeds],
  [/herb-seeds/, garden.herbSeeds], [/seeds/, garden.tomatoSeeds], [/twine/, garden.twine], [/gloves/, garden.gloves],
  [/mug/, drinks.mug], [/espresso-cup/, drinks.cups], [/teapot/, drinks.teapot], [/gooseneck/, drinks.gooseneck], [/kettle/, drinks.kettle],
  [/dripper/, drinks.dripper], [/grinder/, drinks.grinder], [/coffee/, drinks.coffeeBag], [/tea-tin/, drinks.tin], [/cortado/, table.cortado],
  [/serving-board/, kitchen.board], [/chopping-board/, kitchen.choppingBoard], [/chef/, kitchen.chefsKnife], [/paring/, kitchen.paringKnife],
  [/bread-knife/, kitchen.breadKnife], [/steak-knives/, kitchen.steakKnives], [/saucepan/, kitchen.saucepan], [/pan-/, kitchen.pan],
  [/enamel-pot/, kitchen.pot], [/nesting-bowls/, kitchen.nestingBowls], [/pasta-bowl/, table.pastaBowl], [/bowl/, kitchen.bowl],
  [/servers/, table.servers], [/spoon/, kitchen.spoon], [/spatula/, kitchen.spatula], [/mill/, kitchen.mill], [/fermenting/, kitchen.crock],
  [/jar/, kitchen.jar], [/dessert-plate/, table.smallPlate], [/plate/, table.plate], [/wine-glass/, table.wineGlass], [/carafe/, table.carafe],
  [/glass/, table.glass], [/napkins/, table.napkins], [/tablecloth/, table.tablecloth], [/cutlery/, table.cutlery], [/tray/, table.tray],
  [/butter/, table.butterDish], [/trivet/, table.trivet], [/egg-cups/, table.eggCups],
  [/reading-lamp|desk-lamp/, lighting.jointedLamp], [/table-lamp/, lighting.tableLamp], [/paper-pendant/, lighting.paperPendant],
  [/pendant/, lighting.pendant], [/arc-floor/, lighting.arcLamp], [/floor-lamp/, lighting.floorLamp], [/lantern/, lighting.lantern],
  [/candle-holder/, lighting.candleHolder], [/pillar-candle/, lighting.pillarCandle], [/candles/, lighting.taperCandles],
  [/wall-lamp/, lighting.wallLamp], [/clip-lamp/, lighting.clipLamp],
  [/blanket|throw/, textiles.blanket], [/striped-cushion/, textiles.stripedCushion], [/cushion/, textiles.cushion], [/round-jute/, textiles.roundRug],
  [/rug/, textiles.rug], [/runner/, textiles.runner], [/pillowcase/, textiles.pillowcase], [/sheet/, textiles.foldedLinen],
  [/tea-towels/, textiles.teaTowels], [/hand-towel/, textiles.handTowel], [/towel/, textiles.waffleTowel],
  [/pocket-notebook/, stationery.pocketNotebook], [/notebook/, stationery.notebook], [/sketchbook/, stationery.sketchbook],
  [/planner/, stationery.planner], [/letter-paper/, stationery.letter], [/cards/, stationery.cards],
  [/fountain-pen/, stationery.fountainPen], [/ballpoint/, stationery.pen], [/coloured-pencils/, stationery.colouredPencils],
  [/pencils/, stationery.pencils], [/ruler/, stationery.ruler], [/scissors/, stationery.scissors], [/tape/, stationery.tapes], [/ink/, stationery.ink],
  [/canvas-backpack/, bags.backpack], [/roll-top/, bags.rollTop], [/day-pack|backpack/, bags.dayPack], [/market-tote/, bags.tote],
  [/tote/, bags.shopper], [/weekend/, bags.weekender], [/messenger/, bags.messenger], [/hip-bag/, bags.hipBag], [/tool-roll/, bags.toolRoll],
  [/pencil-roll/, bags.pencilRoll], [/wash-bag/, bags.washBag], [/pouch/, bags.pouch], [/wallet/, bags.wallet], [/purse/, bags.purse],
  [/fob/, bags.fob], [/luggage-tag/, bags.tag],
  [/blocks/, toys.blocks], [/rainbow/, toys.rainbow], [/train/, toys.train], [/car-/, toys.car], [/duck/, toys.duck], [/rings/, toys.rings],
  [/puzzle/, toys.animalPuzzle], [/jigsaw/, toys.jigsaw], [/top-/, toys.top], [/kite/, toys.kite], [/bear/, toys.bear], [/rabbit/, toys.rabbit],
  [/chess/, toys.chess], [/dominoes/, toys.dominoes], [/backgammon/, toys.backgammon], [/balls/, toys.balls],
];

/** @returns undefined for a thing that nobody has drawn yet */
export const shapeOf = (productId: string): Draw | undefined => SHAPES.find(([pattern]) => pattern.test(productId))?.[1];
