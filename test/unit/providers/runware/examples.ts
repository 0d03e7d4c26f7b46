/** A request and its answer, as Runware's pages of DALL·E 2 and DALL·E 3 show them. */
export interface Example {
	readonly taskUUID: string;
	readonly model: string;
	readonly width: number;
	readonly height: number;
	/** Of `providerSettings.openai`. */
	readonly quality?: string;
	readonly positivePrompt: string;
	readonly imageUUID: string;
	readonly imageURL: string;
	/** USD. */
	readonly cost: number;
}

export const examples: readonly Example[] = [
	{
		taskUUID: 'b1e7a5fb-9f5f-4a62-9711-0d2cb889290f',
		model: 'openai:2@2',
		width: 1024,
		height: 1024,
		positivePrompt:
			'A whimsical storybook tea garden at sunrise, centered on a giant origami dragon made of patterned paper and gold leaf, coiled around a circular koi pond. Porcelain teacups hang from flowering branches like lanterns, tiny guests in elegant vintage clothing sit at miniature tables on stepping stones, steam curls into the air forming delicate cloud shapes, scattered pastries and painted fans on the grass, willow trees and sculpted hedges framing the scene, intricate textures, soft warm light, rich pastel palette, magical realism, highly detailed illustration with crisp focus and graceful depth.',
		imageUUID: 'b4ae5e5a-ba58-46a9-b769-ca7f4822d938',
		imageURL: 'https://im.runware.ai/image/os/a05d22/ws/2/ii/b4ae5e5a-ba58-46a9-b769-ca7f4822d938.jpg',
		cost: 0.02,
	},
	{
		taskUUID: 'eafc3af1-908a-4aaa-a2bf-e10ff04769f1',
		model: 'openai:2@2',
		width: 1024,
		height: 1024,
		positivePrompt:
			'A solitary violinist standing on a black sand shore beside a glowing lava river, the instrument sculpted from translucent volcanic glass with embers trapped inside, ash drifting through the air, distant basalt arches and steam plumes, the musician wearing layered wind-torn garments with copper embroidery, dramatic backlighting, rich orange and charcoal palette, highly detailed fantasy concept art, painterly textures, atmospheric depth, elegant composition, intricate reflections in the glass violin, epic yet melancholic mood',
		imageUUID: '120d9461-c2c1-4c5f-992f-745c1ffcb5b6',
		imageURL: 'https://im.runware.ai/image/os/a25d05/ws/2/ii/120d9461-c2c1-4c5f-992f-745c1ffcb5b6.jpg',
		cost: 0.02,
	},
	{
		taskUUID: '87816c66-9c55-4f32-99da-18abb91e455f',
		model: 'openai:2@2',
		width: 1024,
		height: 1024,
		positivePrompt:
			'A surreal regatta across vast amber salt flats at sunrise, where sleek wind-powered skiffs with stained-glass sails race over a mirror-smooth surface reflecting the sky; crews in layered linen and brass goggles lean into the wind, leaving delicate crystalline spray behind them. In the distance, colossal spiral rock formations rise from the flats, flocks of white ibis arc overhead, and temporary signal towers made of woven reeds and bright pennants mark the course. Rich warm golds, pale coral, and powder blue, ultra-detailed, imaginative environmental storytelling, crisp focus, elegant composition, painterly yet realistic textures, high-quality fantasy concept art.',
		imageUUID: 'e8df3d62-d826-4130-9160-98884ae3460e',
		imageURL: 'https://im.runware.ai/image/os/a11d13/ws/2/ii/e8df3d62-d826-4130-9160-98884ae3460e.jpg',
		cost: 0.02,
	},
	{
		taskUUID: '78ecb629-2eb8-4912-a095-613097667dc2',
		model: 'openai:2@2',
		width: 1024,
		height: 1024,
		positivePrompt:
			'A vast open-air library drifting above patchwork farmland, where giant handmade kites support wooden reading platforms with ropes and silk canopies. Shelves of weathered books hang between the kites, paper charms fluttering in the wind, ladders bridging from one airborne platform to another. Below, tiny orchards, winding footpaths, and reflective ponds form a geometric landscape. Golden afternoon light, soft clouds, whimsical fantasy illustration, intricate textures, delicate linework, painterly detail, warm color harmony, imaginative yet believable composition.',
		imageUUID: 'd149db20-d866-4bb5-8e55-6f776d0830cf',
		imageURL: 'https://im.runware.ai/image/os/a14d18/ws/2/ii/d149db20-d866-4bb5-8e55-6f776d0830cf.jpg',
		cost: 0.02,
	},
	{
		taskUUID: 'f26a1a7b-e5fa-4ea4-b75a-3979680f55d5',
		model: 'openai:2@3',
		width: 1792,
		height: 1024,
		quality: 'hd',
		positivePrompt:
			'A vast cathedral-like library atrium during a violent storm, seen in a wide cinematic view. Towering ribbed arches, suspended staircases, and hundreds of floating sheets of handwritten paper swirling in the air. At the center, a young cartographer in a saffron coat stands on a circular mosaic floor, holding an unfolded map that glows softly with amber lines. Nearby, a brass astrolabe has toppled over, spilling glass lenses and compass tools across wet stone tiles. Through enormous stained-glass windows, dark thunderclouds and forked lightning illuminate the interior in flashes. Include cascading ivy creeping around carved columns, a broken skylight with wind rushing in, and clusters of candles protected inside glass lanterns. In the distance, towering bookshelves lean at impossible angles connected by narrow bridges. Mood: tense, wondrous, scholarly, weather-struck. Style: richly detailed fantasy illustration with painterly textures, dramatic lighting, precise architectural depth, dynamic motion in the papers and coat fabric, intricate ornamental patterns, believable scale, and strong visual storytelling.',
		imageUUID: '35910acb-7309-4be6-a791-74a590aa135c',
		imageURL: 'https://im.runware.ai/image/os/a11d13/ws/3/ii/35910acb-7309-4be6-a791-74a590aa135c.jpg',
		cost: 0.12,
	},
	{
		taskUUID: '1973ea00-03d0-4d9e-a293-0d94822ceb48',
		model: 'openai:2@3',
		width: 1792,
		height: 1024,
		quality: 'hd',
		positivePrompt:
			'A vast underground atrium carved into amber stone, transformed into a clockwork botanical sanctuary. Tiered circular walkways surround a sunken reflecting pool shaped like a gear. Brass irrigation arms arc overhead like mechanical vines, gently watering oversized ferns, pale orchids, curling moss, and fruit trees grafted onto polished metal trunks. In the center, a glass-domed greenhouse pavilion houses a humming kinetic sculpture of rotating petals and tiny suspended weights. Small human figures in practical work clothes cross narrow bridges, tending plants and adjusting valves, giving a sense of scale. Warm shafts of light pour down from hidden openings above, catching floating dust and steam. The background reveals layered tunnels, spiral stairs, and carved alcoves filled with seed drawers, tools, and old astronomical charts. Style: highly detailed imaginative realism, crisp focal depth, harmonious earth-and-copper palette, elegant composition, rich textures, atmospheric depth, visually readable scene with strong spatial storytelling.',
		imageUUID: '2b641836-c1b5-43ed-8ffe-9c42b9bd34a6',
		imageURL: 'https://im.runware.ai/image/os/a20d05/ws/3/ii/2b641836-c1b5-43ed-8ffe-9c42b9bd34a6.jpg',
		cost: 0.12,
	},
	{
		taskUUID: 'b82b1ba8-a4fe-432b-8665-8dce5c7ca8bc',
		model: 'openai:2@3',
		width: 1024,
		height: 1792,
		quality: 'hd',
		positivePrompt:
			'A vast underground library grown inside the hollow core of an ancient tree root system, shaped like a natural cathedral. Colossal twisting roots form soaring arches overhead, with carved wooden balconies and spiral stairways woven into them. Thousands of books are stored in nest-like shelves tucked into the bark. At the center, a circular reading floor surrounds a glass map table showing hand-drawn constellations and river routes. Small scholars in layered earth-toned robes climb ladders, sort scrolls, and copy diagrams by warm amber lantern light. Fine dust motes drift through shafts of pale sunlight descending from narrow cracks far above. Include hanging seed-pod chandeliers, moss-covered stone, delicate paper markers, brass catalog plaques, and a tame white fox sleeping beside a stack of atlases. Rich fantasy illustration style, intricate environmental storytelling, highly detailed textures, majestic scale, serene and studious mood, vertical composition.',
		imageUUID: '6851ed21-ae2a-4504-8943-c071b371187f',
		imageURL: 'https://im.runware.ai/image/os/a04d20/ws/3/ii/6851ed21-ae2a-4504-8943-c071b371187f.jpg',
		cost: 0.12,
	},
	{
		taskUUID: '7a81f3f7-4256-4b54-afe1-fbc8eb5920f0',
		model: 'openai:2@3',
		width: 1792,
		height: 1024,
		quality: 'hd',
		positivePrompt:
			'A grand Victorian greenhouse transformed into a clockwork conservatory during a violent thunderstorm, seen from inside at human eye level. Curving iron ribs and tall glass panes frame the scene. Instead of ordinary plants, the interior is filled with mechanical flora: brass ferns with filigree leaves, copper orchids with porcelain petals, vine-like tubes carrying glowing amber vapor, and suspended seed pods made of etched glass. In the center stands a circular stone fountain converted into a gear-driven water mechanism, with tiny rotating cogs splashing arcs of water. Several white cranes made from folded sheet metal perch among the branches as if alive. Outside the glass, dark storm clouds churn over distant rolling hills and flashes of lightning silhouette wind-tossed cypress trees. Inside, warm lantern light reflects on wet tiles, polished metal, and puddles from blown-in spray. Include scattered gardening tools, a toppled wooden stool, old botanical labels, and a partially open cabinet of seed drawers. Cinematic composition, rich texture, precise small details, atmospheric depth, dramatic contrast between stormy blue exterior light and warm amber interior glow, highly legible scene elements, imaginative yet believable design.',
		imageUUID: '5c5367be-efd4-4741-aa9e-bb9d119588e5',
		imageURL: 'https://im.runware.ai/image/os/a11d13/ws/3/ii/5c5367be-efd4-4741-aa9e-bb9d119588e5.jpg',
		cost: 0.12,
	},
];
