import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { AlterPlan } from '../../../src/catalogue/alterPlan';
import { nameOf, offered } from '../../../src/catalogue/catalogue';
import { check, type Plan } from '../../../src/catalogue/check';
import { type Job, jobOf, wayOf } from '../../../src/catalogue/job';
import { models } from '../../../src/catalogue/models';
import { offers } from '../../../src/catalogue/offers';
import type { ImageError } from '../../../src/domain/imageError';
import type { Alteration, ImageRequest } from '../../../src/domain/imageRequest';
import { noMargins, withMargins } from '../../../src/domain/margins';
import type { Size, SizeWish } from '../../../src/domain/size';
import { requestOf, sentence, terms } from '../builders';

const tables = { models, offers };
/** Retired models are asked all the same: their offers are to be judged too. */
const lenient = { ...terms, allowRetired: offers.map(nameOf) };

const photo: Size = { width: 1536, height: 1024 };
const selected = { x: 300, y: 200, width: 200, height: 100 };

function judge(
	model: string,
	alteration: Alteration,
	changes: Partial<ImageRequest> = {},
): Plan | readonly ImageError[] {
	return check(requestOf({ model, operation: alteration.operation, alteration, ...changes }), tables, lenient);
}

function planOf(
	model: string,
	alteration: Alteration,
	changes: Partial<ImageRequest> = {},
): Plan & { alter: AlterPlan } {
	const plan = judge(model, alteration, changes);
	assert.ok('calls' in plan, 'calls' in plan ? '' : plan.map(({ message }) => sentence(message)).join(' '));
	const { alter } = plan;
	assert.ok(alter);
	return { ...plan, alter };
}

function refusalOf(model: string, alteration: Alteration, changes: Partial<ImageRequest> = {}): string {
	const plan = judge(model, alteration, changes);
	assert.ok(!('calls' in plan));
	return `${plan[0]?.code}: ${sentence(plan[0]?.message)}`;
}

function pixels(width: number, height: number): SizeWish {
	return { kind: 'pixels', size: { width, height } };
}

function said({ alter, warnings }: Plan): string {
	return [...(alter?.notes ?? []), ...(alter?.promise ? [alter.promise] : []), ...warnings].map(sentence).join(' ');
}

const repaint: Alteration = { operation: 'edit', source: photo, selected };
const instruct: Alteration = { operation: 'edit', source: photo };
const widen: Alteration = { operation: 'expand', source: photo, margins: { ...noMargins, left: 128, right: 128 } };
const vary: Alteration = { operation: 'vary', source: photo, strength: 'subtle' };

describe('the plan of an edit within a mask', () => {
	it('sends the mask where the vendor takes one, and says so', () => {
		const plan = planOf('openai/gpt-image-2', repaint);
		assert.deepEqual(
			[plan.alter.way, plan.alter.task, plan.alter.masked, plan.alter.keeps],
			['native', 'edit', true, true],
		);
		assert.deepEqual(plan.size, { kind: 'pixels', size: photo });
		assert.equal(plan.alter.instruction, undefined);
		assert.match(
			said(plan),
			/^openai\/gpt-image-2 edited natively, with the mask\. Outside the selection every pixel is the picture’s own\.$/,
		);
	});

	it('is emulated where it takes none: told in words where to change it, and put together here', () => {
		for (const model of ['runware/openai:gpt-image@2', 'vincony/openai/gpt-image-2', 'replicate/openai/gpt-image-2']) {
			const plan = planOf(model, repaint);
			assert.deepEqual([plan.alter.way, plan.alter.masked, plan.alter.keeps], ['emulated', false, true], model);
			assert.match(
				plan.alter.instruction ?? '',
				/between 20% and 33% from the left and between 20% and 29% from the top/,
			);
			assert.match(said(plan), /takes no mask, so the edit is emulated\./);
		}
	});

	it('sends one to whom nobody knows, and does not trust it', () => {
		const plan = planOf('custom/flux', repaint);
		assert.deepEqual([plan.alter.way, plan.alter.masked], ['emulated', true]);
		assert.match(said(plan), /is not known, so the edit is emulated\. It was sent one/);
		const described = planOf('replicate/somebody/paints', repaint);
		assert.deepEqual([described.alter.masked, described.alter.bothWays], [true, true]);
		assert.match(said(described), /only its own description says, so the edit is emulated/);
		assert.equal(planOf('runware/civitai:1@1', repaint).alter.masked, false, 'there is no place for one');
	});

	it('asks for a PNG, whatever is saved, and takes the format from the options', () => {
		const plan = planOf('openai/gpt-image-2', repaint, { options: { output_format: 'webp', quality: 'low' } });
		assert.deepEqual([plan.format, plan.request.format, plan.options], ['png', 'webp', { quality: 'low' }]);
		assert.match(said(planOf('lumenfall/gpt-image-2', repaint, { options: { output_format: 'gif' } })), /not as gif/);
	});

	it('warns of a JPEG, which keeps no pixels', () => {
		assert.match(said(planOf('openai/gpt-image-2', repaint, { format: 'jpeg' })), /A JPEG cannot keep pixels exactly/);
		assert.doesNotMatch(said(planOf('openai/gpt-image-2', instruct, { format: 'jpeg' })), /JPEG/);
	});

	it('is refused where the file cannot hold the picture', () => {
		const long: Alteration = { operation: 'edit', source: { width: 20_000, height: 100 }, selected };
		const longer: Alteration = { ...long, source: { width: 66_000, height: 100 } };
		assert.match(refusalOf('sketch/placeholder', longer, { format: 'jpeg' }), /^bad-input: A JPEG has at most 65500/);
		assert.match(refusalOf('sketch/placeholder', long, { format: 'webp' }), /^bad-input: A WebP has at most 16383/);
	});

	it('has the size of its picture, whatever is asked for', () => {
		const plan = planOf('openai/gpt-image-1.5', repaint, { size: pixels(100, 100) });
		assert.deepEqual(plan.size, { kind: 'pixels', size: photo });
		assert.match(said(plan), /The size 100x100 was left out: that of the picture follows from its source\./);
		assert.deepEqual(planOf('openai/gpt-image-1.5', instruct, { size: pixels(1024, 1024) }).size, pixels(1024, 1024));
		assert.match(refusalOf('openai/gpt-image-1.5', instruct, { size: pixels(100, 100) }), /^bad-input: The size/);
	});

	it('is refused where its part would be enlarged too far', () => {
		const source = { width: 64_000, height: 1000 };
		const all = { x: 0, y: 0, ...source };
		const refusal = refusalOf('openai/dall-e-2', { operation: 'edit', source, selected: all });
		assert.match(refusal, /^bad-input: This is too large for openai\/dall-e-2: .* 8 times/);
	});

	it('says that its part was enlarged', () => {
		const source = { width: 7000, height: 7000 };
		const all = { x: 0, y: 0, ...source };
		assert.match(said(planOf('openai/gpt-image-1.5', { operation: 'edit', source, selected: all })), /was enlarged/);
	});
});

describe('the plan of an edit by instruction', () => {
	it('sends the whole picture, not larger than need be, and asks for one of its shape', () => {
		const source = { width: 6000, height: 4000 };
		const { alter, size } = planOf('openai/gpt-image-2', { operation: 'edit', source });
		assert.deepEqual(alter.sends, { part: { x: 0, y: 0, ...source }, size: { width: 2048, height: 1365 } });
		assert.equal(alter.keeps, false);
		assert.ok(size?.kind === 'pixels' && size.size.width * size.size.height <= 2560 * 1440 * 1.02);
		assert.ok(Math.abs(size.size.width / size.size.height - 1.5) < 0.02);
	});

	it('cuts the picture where the model changes it in its own shapes alone, and says so', () => {
		const plan = planOf('openai/dall-e-2', {
			operation: 'vary',
			source: { width: 1500, height: 1000 },
			strength: 'medium',
		});
		assert.deepEqual(plan.alter.sends.part, { x: 250, y: 0, width: 1000, height: 1000 });
		assert.match(said(plan), /was cut to 1000x1000/);
	});

	it('tells a chat no size', () => {
		assert.equal(planOf('vincony/openai/gpt-image-2', instruct).size, undefined);
	});

	it('has marks over the picture, where the model takes them; else those that do are named', () => {
		const marked: Alteration = { operation: 'edit', source: photo, marked: true };
		assert.equal(planOf('openai/gpt-image-2.6-flare', marked).alter.keeps, false);
		const refusal = refusalOf('openai/gpt-image-2', marked);
		assert.match(refusal, /^unsupported: openai\/gpt-image-2 takes no markup\. These do: openai\/gpt-image-2\.5-flare/);
	});

	it('is refused by who needs a mask, with the names of who does not', () => {
		const refusal = refusalOf('runware/ideogram:4@3', instruct);
		assert.match(refusal, /^unsupported: .*no edits without a mask.*: runware\/openai:gpt-image@2,/);
		assert.match(refusalOf('openai/dall-e-2', instruct), /^unsupported/);
		assert.match(refusalOf('openai/dall-e-3', instruct), /^unsupported: openai\/dall-e-3 cannot edit a picture\./);
	});
});

describe('the plan of an expansion', () => {
	it('is the vendor’s own where it has one', () => {
		const plan = planOf('runware/runware:101@1', widen, { prompt: '' });
		assert.deepEqual([plan.alter.way, plan.alter.task], ['native', 'expand']);
		assert.deepEqual(plan.alter.added, { top: 0, right: 128, bottom: 0, left: 128 });
		assert.deepEqual(plan.size, { kind: 'pixels', size: { width: 1792, height: 1024 } });
		assert.match(plan.alter.instruction ?? '', /goes on seamlessly/, 'this model wants a prompt');
		assert.match(said(plan), /expanded the picture natively\. Every pixel of the picture itself is its own\./);
	});

	it('is the edit of a larger canvas where it has none', () => {
		const plan = planOf('openai/gpt-image-2', widen, { prompt: '' });
		assert.deepEqual([plan.alter.way, plan.alter.task, plan.alter.masked], ['emulated', 'edit', true]);
		assert.deepEqual(plan.alter.makes, {
			part: { x: 0, y: 0, width: 1792, height: 1024 },
			size: { width: 1792, height: 1024 },
		});
		assert.match(plan.alter.instruction ?? '', /lies between 7% and 93% from the left/);
		assert.match(said(plan), /The expansion is emulated: openai\/gpt-image-2 edited a larger canvas\./);
	});

	it('of one side shows the model that side', () => {
		const source = { width: 5000, height: 1000 };
		const { alter } = planOf('openai/gpt-image-2', {
			operation: 'expand',
			source,
			margins: { ...noMargins, right: 500 },
		});
		assert.ok(
			alter.makes.part.x > 2500 && alter.makes.part.x + alter.makes.part.width >= 5500,
			JSON.stringify(alter.makes),
		);
	});

	it('is refused with the limit where it would be enlarged too far', () => {
		const source = { width: 7000, height: 7000 };
		const refusal = refusalOf('openai/dall-e-2', { operation: 'expand', source, margins: { ...noMargins, top: 900 } });
		assert.match(refusal, /^bad-input: This is too large for openai\/dall-e-2: here it makes 1024x1024, .* 4 times/);
	});
});

describe('the plan of a variation', () => {
	it('is the vendor’s own where it has one, and else an edit that asks for one', () => {
		const own = planOf('sketch/placeholder', vary, { prompt: '' });
		assert.deepEqual([own.alter.way, own.alter.task, own.alter.instruction], ['native', 'vary', undefined]);
		const emulated = planOf('openai/gpt-image-2', vary, { prompt: '' });
		assert.deepEqual([emulated.alter.way, emulated.alter.task], ['emulated', 'edit']);
		assert.match(emulated.alter.instruction ?? '', /^Create a variation .* small differences/);
		assert.match(said(emulated), /The variation is emulated: openai\/gpt-image-2/);
	});

	it('takes the options of what it is sent as', () => {
		const { options, warnings } = planOf('openai/gpt-image-1.5', vary, { options: { input_fidelity: 'low' } });
		assert.deepEqual(options, { input_fidelity: 'low' });
		assert.deepEqual(warnings.map(sentence), [
			'openai/gpt-image-1.5 is retired on 2026-12-01, in 10 days. Its successor is openai/gpt-image-2.',
			'The variation is emulated: openai/gpt-image-1.5 edited the picture.',
		]);
	});

	it('counts what it adds to the prompt', () => {
		const prompt = 'x'.repeat(31_990);
		assert.match(
			refusalOf('openai/gpt-image-2', vary, { prompt }),
			/^bad-input: The prompt has 31990 characters, this model takes 31876/,
		);
		assert.ok('calls' in judge('openai/gpt-image-2', instruct, { prompt }));
		assert.equal(
			planOf('openai/gpt-image-2', widen, { prompt }).alter.instruction,
			undefined,
			'a mask says it as well',
		);
	});

	it('says that words and strength are left out where the vendor takes none', () => {
		const plan = planOf('openai/dall-e-2', { ...vary, strength: 'subtle' }, { prompt: 'a fox' });
		assert.match(said(plan), /varies a picture without words and strength/);
		assert.equal(plan.prompt, '', 'nor does its recipe say so');
		const usual = planOf('openai/dall-e-2', { ...vary, strength: 'medium' }, { prompt: '' });
		assert.doesNotMatch(said(usual), /without words/);
	});

	it('keeps its shape where any is taken', () => {
		const long: Alteration = { operation: 'vary', source: { width: 8000, height: 2000 }, strength: 'medium' };
		const { alter, size } = planOf('sketch/placeholder', long, { prompt: '' });
		assert.deepEqual(alter.sends.part, { x: 0, y: 0, width: 8000, height: 2000 });
		assert.deepEqual(size, pixels(4096, 1024));
	});
});

function assertSound({ alter, offer }: Plan, alteration: Alteration): void {
	assert.ok(alter && offer.operations.includes(alter.task), 'the vendor has this request');
	const { part, size } = alter.sends;
	for (const number of [part.width, part.height, size.width, size.height])
		assert.ok(Number.isInteger(number) && number > 0);
	assert.ok(Number.isInteger(part.x) && Number.isInteger(part.y));
	assert.equal(alter.masked && offer.masks === undefined, false, 'no mask is sent that nobody takes');
	assert.ok(!(alter.task === 'edit' && offer.masks === 'needed') || alter.masked);
	if (alteration.operation !== 'expand') return;
	const canvas = withMargins(alteration.source, alteration.margins);
	assert.deepEqual(alter.margins, alteration.margins);
	assert.ok(alter.makes.part.x + alter.makes.part.width > 0 && alter.makes.part.x < canvas.width);
}

describe('any change by any offer', () => {
	const side = fc.oneof(fc.integer({ min: 1, max: 64 }), fc.integer({ min: 1, max: 8000 }));
	const margin = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 1500 }));
	const alterations: fc.Arbitrary<Alteration> = fc.record({ width: side, height: side }).chain((source) =>
		fc.oneof(
			fc.constant<Alteration>({ operation: 'edit', source }),
			fc.tuple(fc.nat(source.width - 1), fc.nat(source.height - 1)).map(([x, y]): Alteration => {
				const rest = { width: Math.ceil((source.width - x) / 2), height: Math.ceil((source.height - y) / 2) };
				return { operation: 'edit', source, selected: { x, y, ...rest } };
			}),
			fc.record({ top: margin, right: margin, bottom: margin, left: margin }).map((margins): Alteration => ({
				operation: 'expand',
				source,
				margins: { ...margins, left: margins.left + 1 },
			})),
			fc
				.constantFrom('subtle', 'medium', 'strong')
				.map((strength): Alteration => ({ operation: 'vary', source, strength })),
		),
	);

	it('is planned so that it can be done, or refused with a reason', () => {
		fc.assert(
			fc.property(alterations, fc.constantFrom(...offered(tables)), (alteration, found) => {
				const plan = judge(nameOf(found.offer), alteration);
				const job: Job = jobOf({ operation: alteration.operation, alteration });
				if (!('calls' in plan)) {
					assert.equal(plan[0]?.code, wayOf(found.offer, job) ? 'bad-input' : 'unsupported');
					return;
				}
				// Where its own request would make less of it, a mask does better.
				if (plan.alter?.way !== 'emulated') assert.equal(plan.alter?.way, wayOf(found.offer, job));
				assertSound(plan, alteration);
			}),
			{ numRuns: 300 },
		);
	});
});
