import type { ImageRecord } from '../../domain/imageRecord';
import { parseModelName } from '../../domain/modelName';
import { escaped } from './xml';

/** The namespace of Limn's own property, `Record`. */
export const limnNamespace = 'urn:x-limn:record:1.0/';

const sourceTypes = 'http://cv.iptc.org/newscodes/digitalsourcetype/';

/**
 * Packets of XMP about a picture, from the fullest to the barest, for places that are small. Each next one lacks more: the prompt as
 * IPTC has it (Limn's record has it too), then the provider's version of the prompt, then the record.
 */
export function xmpPackets(record: ImageRecord): readonly string[] {
	const { revisedPrompt: _, ...short } = record;
	return [
		packet(record, [...promptOf(record), property('limn:Record', recordText(record))]),
		packet(record, [property('limn:Record', recordText(record))]),
		packet(record, [property('limn:Record', recordText(short))]),
		packet(record, []),
	];
}

/** IPTC Photo Metadata 2025.1 writes the AI properties as plain text. */
function packet(record: ImageRecord, properties: readonly string[]): string {
	const all = [
		property('xmp:CreatorTool', 'Limn'),
		property('Iptc4xmpExt:DigitalSourceType', sourceTypes + sourceTypeOf(record)),
		...(isDrawn(record) ? [] : [property('Iptc4xmpExt:AISystemUsed', record.model)]),
		...properties,
	];
	return `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
    xmlns:limn="${limnNamespace}">
   ${all.join('\n   ')}
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>`;
}

function property(name: string, text: string): string {
	return `<${name}>${escaped(text)}</${name}>`;
}

function promptOf(record: ImageRecord): string[] {
	return isDrawn(record) || record.prompt === '' ? [] : [property('Iptc4xmpExt:AIPromptInformation', record.prompt)];
}

/** Sketch draws by a program: no model was trained for it. */
function isDrawn({ model }: ImageRecord): boolean {
	return parseModelName(model)?.provider === 'sketch';
}

function sourceTypeOf(record: ImageRecord): string {
	const isComposite = record.operation === 'edit' || record.operation === 'expand';
	if (isDrawn(record)) return isComposite ? 'compositeSynthetic' : 'algorithmicMedia';
	return isComposite ? 'compositeWithTrainedAlgorithmicMedia' : 'trainedAlgorithmicMedia';
}

/** A record as JSON in which nothing is left that XML cannot hold, or that a reader of XML may change. */
export function recordText(record: ImageRecord): string {
	// `JSON.stringify` has escaped control characters and halves of surrogate pairs already.
	return JSON.stringify(record).replace(
		/[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g,
		(character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
}
