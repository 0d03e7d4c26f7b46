/** The words between which a manner may stand: “in the style of Monet”, “a flat vector illustration and line art”. */
const joints = '(?:(?:in|as|an?|the|with|and|on) )*';

/** What may stand before the word that names a manner. */
const degree = '(?:(?:very|highly|ultra|extremely|intricately|hyper|super|richly|beautifully)[ -])?';
const kind =
	"(?:(?:flat|clean|simple|modern|minimal(?:ist)?|vector|digital|isometric|editorial|technical|vintage|retro|2d|3d|hand[ -]drawn|children[’']s book)[ -])*";

/**
 * What prompts say of the manner rather than of the matter; English only. Words that name things as well (ink, charcoal, gold) are not
 * among them: what is dropped is never read to anybody.
 */
const manners = [
	'water ?colou?rs?(?: (?:painting|illustration|style))?',
	'(?:oil|acrylic|gouache|matte|digital)(?: paint(?:ing)?)',
	'oil on canvas',
	'gouache',
	'(?:pencil|charcoal|ink|pen|line|crayon|pastel|technical|chalk)[ -](?:drawing|sketch|illustration|art)',
	'(?:digital|concept|pixel|vector|line|clip|fan|low[ -]poly|box|cover) ?art(?:work)?',
	`${kind}(?:illustrations?|render(?:ing)?|icon style|flat design)`,
	'(?:flat|minimal(?:ist)?|clean|material) design',
	'minimalis(?:t|tic|m)',
	'(?:octane|blender|unreal|cinema ?4d|v-?ray|arnold)(?: render)?',
	'unreal engine(?: \\d)?',
	'ray[ -]?trac(?:ed|ing)',
	'(?:4|6|8|12|16) ?k(?: (?:uhd|resolution|quality|wallpaper))?',
	'(?:u?hd|hdr|dslr|uhd 4k|hi-?res|high[ -]res(?:olution)?)',
	`${degree}detail(?:ed|s)`,
	'(?:intricate|fine) details?',
	'(?:photo|hyper|ultra)[ -]?realis(?:tic|m)',
	'(?:realistic|cinematic|masterpiece|bokeh|award[ -]winning)',
	'(?:best|high|top|highest) quality',
	'(?:sharp|soft) focus',
	'(?:shallow )?depth of field',
	'trending on [a-z ]+',
	'artstation(?: hq)?',
	'(?:cinematic|studio|dramatic|volumetric|ambient|soft|warm|moody|natural|global)[ -](?:light(?:ing|s)?|illumination)',
	'(?:muted|vivid|vibrant|bold|bright|soft|pastel|warm|cool)(?: and [a-z]+)? colou?rs?(?: palette)?',
	'(?:limited|muted|pastel) palette',
	'(?:style|manner) of .+',
	'[a-z-]+ style',
	'no (?:text|words|letters|lettering|captions?|logos?|watermarks?|signature)',
	'without (?:text|words|letters|lettering|watermarks?)',
	'(?:plain|solid|pure|clean|simple|on)? ?(?:white|black|transparent|plain|blank) background',
	'(?:square|landscape|portrait|wide|vertical|horizontal) (?:format|aspect(?: ratio)?|orientation)',
	'(?:aspect ratio )?\\d+:\\d+(?: aspect ratio)?',
];

const wholly = new RegExp(
	`^${joints}(?:${manners.join('|')})(?: (?:and|with) ${joints}(?:${manners.join('|')}))?$`,
	'i',
);

/** Longer than any manner but a list of masters. */
const longest = 100;

/** Whether a part of a prompt, between two commas, says nothing but how the picture is made. */
export function isManner(part: string): boolean {
	const words = part.trim().replace(/[.!]+$/, '');
	return words.length <= longest && wholly.test(words);
}
