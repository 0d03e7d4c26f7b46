/** Words that call for a style. The key is the style's name in `sketchStyles`. */
export const styleWords = {
	horizon:
		'dawn sunrise sunset dusk twilight morning evening landscape panorama view scenery sea ocean coast beach harbour harbor lighthouse island ship boat ' +
		'lake mountain alps peak hill valley cliff desert dune forest woodland jungle tree city town skyline street village night snow ' +
		'winter fog mist sky field meadow farm road castle bridge wald foret bosque berg montagne montana meer mer mare playa stadt ville ' +
		'ciudad nacht nuit noche paysage landschaft paisaje 海 山 森 林 夜 朝 夜明け 夕 夕日 夕焼け 黄昏 暮 雪 島 街 城市 都市 空 風景 湖 море горы лес лесу город ночь ночью закат рассвет',
	orbits:
		'space planet moon star galaxy cosmos universe orbit solar astronaut rocket atom circle sphere bubble clock eye ball ' +
		'sun eclipse 宇宙 月 星 銀河 太陽 космос луна',
	ribbons:
		'wave wind flow flowing silk fabric music song dance river aurora smoke hair ribbon abstract calm liquid fluid dream wallpaper ' +
		'background speed welle vent vento viento 波 風 川 音楽 волна ветер музыка',
	facets:
		'crystal ice diamond gem glass origami polygon triangle lowpoly poly prism jewel ruby sapphire fox lion tiger wolf dragon 氷 宝石 水晶 ' +
		'折り紙 кристалл',
	bauhaus:
		'diagram chart logo icon api rest sequence architecture flowchart graph infographic poster ui app website web page interface code ' +
		'software pattern tile mosaic quilt geometric bauhaus robot machine server data block pixel retro building house home kitchen room sofa 図 模様 схема',
	papercut:
		'map topographic terrain canyon cave coral paper papercut layer layered underwater reef flower garden botanical cat dog bird ' +
		'leaf leaves animal whale fish 地図 紙 花 猫 犬 鳥 魚 карта цветы кот',
} as const;

/** Words that say what stands on the horizon. */
export const sceneryWords = {
	sea: 'sea ocean coast beach harbour harbor lighthouse island ship boat sail lake bay meer mer mare playa 海 湖 島 港 море океан',
	city: 'city town skyline street urban metropolis downtown stadt ville ciudad citta 街 城市 都市 город',
	forest: 'forest wood woods woodland jungle tree pine park wald foret bosque bosco 森 林 森林 лес лесу',
	mountains: 'mountain alps peak cliff volcano glacier berg berge montagne montana 山 峰 горы гора',
	dunes: 'desert dune sand sahara wuste 砂漠 沙 砂 пустыня',
} as const;

/** Words that calm or heighten the colours, with the factor for the chroma. */
export const moodWords: readonly (readonly [words: string, chroma: number])[] = [
	['calm quiet muted faded pale subtle minimal minimalist serene peaceful gentle gloomy sad 静か 静 淡い тихий', 0.72],
	['vivid vibrant colorful colourful bright bold pop psychedelic saturated rainbow 鮮やか яркий', 1.25],
	['monochrome monochromatic grayscale greyscale charcoal pencil bw 白黒 モノクロ', 0.12],
];
