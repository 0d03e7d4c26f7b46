/**
 * What words look like: the words (folded as `findWords` folds a prompt), five tones from dark to pale, an accent.
 * Words of several languages stand side by side; a plain plural or -y ending need not be listed.
 */
export type SchemeRow = readonly [words: string, tones: string, accent: string];

/** Colours by name. */
export const colourSchemes: readonly SchemeRow[] = [
	[
		'amber honey gold golden mustard bernstein ambre ambar oro dorado 琥珀 金 янтарь',
		'#3a1a0c #8c430e #d98218 #f7b93f #fdeabf',
		'#2d6f73',
	],
	['orange tangerine apricot pumpkin naranja arancione 橙', '#3b1510 #a63c12 #ee7420 #fba94c #fee6c8', '#24697d'],
	['yellow lemon sunflower gelb jaune amarillo giallo 黄 желтый', '#4a3208 #a8780c #eab81a #f9d956 #fef6d0', '#3d5a98'],
	[
		'red scarlet crimson ruby cherry rot rouge rojo rosso 赤 红 紅 красный',
		'#2e0a14 #7d1424 #c92a36 #ee6a5c #fcdcd0',
		'#e9b949',
	],
	[
		'rose pink blush magenta rosa peony sakura 桜 樱 粉 ピンク розовый',
		'#3a1030 #8f2a5a #d95f8a #f4a3b5 #fde6e6',
		'#5f8f7b',
	],
	[
		'violet purple lavender lilac plum lila viola morado 紫 фиолетовый',
		'#1e1238 #4a2a7a #8156b8 #b899de #f0e6f8',
		'#e8b45a',
	],
	[
		'blue azure cobalt indigo sapphire blau bleu bleue azul blu 青 蓝 藍 синий голубой',
		'#0b1a3c #16408a #2f74c8 #7cb3ea #e2f0fb',
		'#f0a34b',
	],
	['turquoise teal cyan aqua turkis 碧 бирюзовый', '#06262e #0b5a63 #189a9c #68cdc4 #dff6ee', '#f08a5d'],
	[
		'green lime grass meadow spring grun vert verte verde 緑 绿 綠 зеленый 春',
		'#10281a #24613a #4f9c4c #9fce78 #eef7d4',
		'#e86f5a',
	],
	[
		'brown sepia coffee chocolate cafe leather wood wooden walnut braun marron 茶 коричневый',
		'#23140d #563423 #95613c #cf9f70 #f4e5d0',
		'#4d7a7c',
	],
	[
		'grey gray silver ash stone concrete steel metal grau gris 灰 серый',
		'#191d24 #434b58 #7d8796 #b7bfc9 #eef0f2',
		'#e0764f',
	],
	[
		'white ivory porcelain pearl weiss blanc blanco bianco 白 белый',
		'#39424e #7d8b99 #b7c3cc #dde5e9 #fafaf7',
		'#d98a5b',
	],
	['black noir ink obsidian schwarz negro nero 黒 黑 墨 черный', '#0b0c10 #22252d #4a4f5c #8d93a1 #e9e6df', '#d94f3d'],
	['peach coral salmon terracotta clay brick 珊瑚', '#3a1a1c #8e3f36 #dd7459 #f7b091 #feecdf', '#2f7f86'],
	['mint sage pistachio jade 翡翠 ミント', '#12302a #2f6b58 #6fae90 #b2dcc0 #f1faf0', '#e58a6e'],
	['olive moss khaki 苔', '#1e2212 #4a5223 #848a3c #bfbd78 #f3efd4', '#b5523b'],
];

/** Hours, weather and seasons. */
export const hourSchemes: readonly SchemeRow[] = [
	[
		'dawn sunrise daybreak morning aurore aube amanecer alba morgen sonnenaufgang 夜明け 朝 黎明 曙 日出 рассвет утро',
		'#2a2c5c #79508f #e2808a #f8b78a #fdecc9',
		'#f4cf6b',
	],
	[
		'sunset evening abend coucher atardecer tramonto 夕日 夕焼け 夕 日落 晚霞 закат',
		'#2b1640 #7a2a5e #d9514f #f59a4b #fde0a0',
		'#ffd166',
	],
	[
		'dusk twilight gloaming dammerung crepuscule 黄昏 暮 夕暮れ сумерки',
		'#171a3e #3d3a78 #8a5f9e #dc92a2 #fbdcc4',
		'#ffc46b',
	],
	[
		'noon noonday day sunny sunlight sunshine summer sommer ete verano sky himmel ciel cielo 夏 空 晴 太陽 天空 лето небо',
		'#0f3d66 #1f78b4 #5fb4e0 #a9dcf0 #fdf6dc',
		'#f7b32b',
	],
	[
		'autumn fall herbst automne otono autunno maple leaf leaves 秋 紅葉 枫 осень',
		'#2c1414 #7c2d1b #c65a1e #eaa03c #faebc6',
		'#4d6b46',
	],
	[
		'winter ice icy frost frozen glacier arctic hiver invierno inverno eis 冬 氷 冰 зима лед',
		'#0f2740 #2f5f86 #76a9c8 #bfdcea #f5fafc',
		'#e59a7a',
	],
	['snow snowy schnee neige nieve neve 雪 снег', '#22344f #587799 #9db8d0 #d6e3ee #fbfcfd', '#e8927c'],
	[
		'rain rainy mist misty fog foggy haze cloud cloudy storm stormy regen pluie lluvia 雨 霧 雲 嵐 云 雾 дождь туман',
		'#141d29 #35495c #6c8496 #a9bac4 #e8edee',
		'#e3b15f',
	],
	['vintage retro nostalgia nostalgic old antique', '#2b1f22 #6d3b34 #c07a4c #e3bd84 #f7ecd2', '#3f7f7a'],
	['pastel cute kawaii baby candy dream dreamy soft', '#4b4470 #9a84b8 #e3a6c0 #f6cfc9 #fdf4e6', '#7cc0bf'],
];

/** Hours and places where it is dark: the picture is drawn as by night. */
export const darkSchemes: readonly SchemeRow[] = [
	[
		'night midnight moon moonlight moonlit starry star stars nacht nuit noche notte 夜 月 星 ночь ночью ночи луна',
		'#070b20 #131c48 #2c3a80 #6373b6 #dfe3f4',
		'#f6d98b',
	],
	[
		'neon cyberpunk synthwave disco arcade hacker cyber ネオン 霓虹 неон',
		'#0b0620 #341064 #a31d8e #fb4f8b #ffd1a6',
		'#27e0e6',
	],
	[
		'space galaxy cosmos cosmic nebula universe planet astronaut weltraum espace espacio 宇宙 銀河 космос',
		'#06061a #1d1448 #553192 #b060b8 #fbd3d8',
		'#6be0e0',
	],
	['aurora northern borealis 極光 极光 オーロラ', '#04101e #0a3048 #0f7a72 #58d39a #e2fbd0', '#b48cf0'],
	[
		'fire flame ember lava volcano burning dragon feuer feu fuego fuoco 火 炎 龍 竜 огонь',
		'#14080c #56101a #b82a18 #f57f1c #ffe09a',
		'#4fb0c0',
	],
	['dark gothic horror cave dungeon shadow dunkel 闇 暗 тьма', '#08090d #1b1d2a #3d3f55 #77768c #d8d2cf', '#c65b3f'],
];

/** Places and things that have a colour of their own. */
export const placeSchemes: readonly SchemeRow[] = [
	[
		'forest wood woods woodland jungle tree trees pine wald foret bosque bosco 森 森林 林 木 лес',
		'#0c211b #1d4a37 #3f7f55 #8fb97c #e9f1cf',
		'#e6a944',
	],
	[
		'ocean sea seas coast coastal harbour harbor lighthouse ship sail boat beach island meer ozean mer mare playa 海 洋 港 島 море океан',
		'#08233f #125078 #2c8db0 #86c8d2 #f3efdb',
		'#f2845c',
	],
	[
		'river lake water waterfall pond fish whale underwater see fluss eau agua acqua 水 川 湖 河 река вода',
		'#062a3c #0f5f78 #34a0aa #96d5cb #effaf0',
		'#f3a35c',
	],
	[
		'mountain mountains alps peak hill hills valley cliff berg berge montagne montana 山 峰 горы гора',
		'#1a2740 #3b5678 #7593aa #b6c6c8 #f5ead6',
		'#e58a57',
	],
	[
		'desert dune dunes sand sandy sahara canyon wuste sable arena 砂漠 沙 砂 пустыня',
		'#3a1d1f #8b4a35 #cf8a52 #edc58c #fcefd6',
		'#3c8a94',
	],
	[
		'city town street skyline building urban tower metropolis stadt ville ciudad citta 街 城市 都市 город',
		'#171c30 #3a4668 #7d88a8 #d1b8b0 #f8e8d4',
		'#f2a65a',
	],
	[
		'garden flower flowers blossom bloom bouquet tulip botanical blume fleur flor fiore 花 庭 цветы',
		'#1f2b24 #4f7a4d #d2648a #f3a8b0 #fdf1e2',
		'#f2c14e',
	],
	[
		'fox tiger lion deer horse dog puppy animal fuchs renard zorro 狐 犬 虎 лиса собака',
		'#2a1a16 #7a3c1e #cf7433 #f0b775 #faeedb',
		'#4c7d70',
	],
	['cat kitten katze chat gato gatto 猫 кот кошка', '#2b2230 #66486a #b37a86 #e8b9a4 #fbeee0', '#6a9a8c'],
	[
		'love heart wedding romance liebe amour amor amore 愛 恋 爱 любовь',
		'#350d22 #8c1f45 #dc4a68 #f69a9a #fee8df',
		'#f0bd5e',
	],
];

/** Things that may have any colour: heard only where no other word speaks of colours. */
export const thingSchemes: readonly SchemeRow[] = [
	[
		'house home cottage cabin village room sofa kitchen interior library haus maison casa 家 部屋 дом',
		'#33211f #7c4437 #c98a5e #ecc79a #faf0e0',
		'#4f8585',
	],
	[
		'robot machine computer circuit code api diagram chart data server software app tech technology icon logo 機械 コード',
		'#101b3a #27408b #4a7fe0 #9cc4f5 #f1f5fb',
		'#ff8a5c',
	],
	['food bread cake cookie dessert breakfast 料理 パン еда', '#3a1c12 #8c4a24 #d68c45 #f2c886 #fdf3de', '#b8433f'],
];
