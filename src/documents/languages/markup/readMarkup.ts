import { stepQuoted } from './attributeSteps';
import { stepCode, stepTemplate } from './codeSteps';
import { jsxDialect, scriptDialect } from './dialects';
import type { DocumentParts } from '../language';
import { stepMarkup, stepRaw } from './markupSteps';
import { type Dialect, type Frame, type FrameOf, Reading } from './reading';
import { readStyleComments } from '../styles/styleReader';
import { stepTag } from './tagSteps';

/** Reads a document of elements, or of code with elements in it. */
export function readMarkup(text: string, dialect: Dialect): DocumentParts {
	return readAll(new Reading(text, dialect, 'markup')).parts;
}

/** To the end of the text. */
export function readAll(reading: Reading): Reading {
	while (reading.at < reading.text.length) {
		const frame = reading.frames.at(-1);
		if (!frame) break;
		step(reading, frame);
	}
	return reading;
}

function step(reading: Reading, frame: Frame): void {
	switch (frame.mode) {
		case 'markup':
			return stepMarkup(reading);
		case 'code':
			return stepCode(reading, frame);
		case 'template':
			return stepTemplate(reading);
		case 'tag':
			return stepTag(reading, frame);
		case 'quoted':
			return stepQuoted(reading, frame);
		case 'raw':
			return readRaw(reading, frame);
	}
}

/** Reads the comments of a script or a style sheet between tags; a script may have elements too. */
function readRaw(reading: Reading, frame: FrameOf<'raw'>): void {
	const { start, end } = stepRaw(reading, frame);
	const text = reading.text.slice(0, end);
	if (frame.content === 'style' || frame.content === 'lined style') {
		readStyleComments(text, start, frame.content === 'lined style', reading.comments);
	} else if (frame.content !== 'text') {
		const dialect = frame.content === 'tsx' ? jsxDialect : scriptDialect;
		const inner = new Reading(text, dialect, 'code', reading.comments, start);
		if (frame.content === 'tsx') inner.endTags = reading.endTags;
		for (const picture of readAll(inner).pictures) reading.pictures.push(picture);
	}
}
