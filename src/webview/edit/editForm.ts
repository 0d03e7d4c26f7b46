import { computed } from '@preact/signals';
import { coverageOf } from '../../canvas/coverage';
import { maskOf } from '../../canvas/rasterise';
import { current } from '../../canvas/strokes';
import { withMargins } from '../../domain/margins';
import { FormModel } from '../create/formModel';
import { canvas, editDraft } from '../kept';
import { l10n } from '../words';
import { isChanged } from './changedFile';
import { wholeOrder } from './editing';

const job = computed(() => canvas.value.job);
const order = computed(() => wholeOrder(editDraft.value, canvas.value));

const strokes = computed(() => canvas.value.strokes);
const seen = computed(() => canvas.value.seen);

/** How much of the picture is selected, 0 to 1; exact where it is nothing, or everything. */
const coverage = computed(() => {
	const acts = current(strokes.value);
	if (acts.length === 0 || !seen.value) return acts.length === 0 ? 0 : undefined;
	const share = coverageOf(acts, seen.value);
	if (share > 0 && share < 1) return share;
	const { data } = maskOf(acts, seen.value);
	const [first = 0] = data;
	return data.every((value) => value === first) ? first / 255 : undefined;
});

const isFramed = computed(() => {
	const { width, height } = withMargins({ width: 0, height: 0 }, canvas.value.margins);
	return width + height > 0;
});

const lacks = computed(() => {
	if (job.value === 'mask') return coverage.value === 0;
	return job.value === 'expand' && !isFramed.value;
});

const hint = computed(() => {
	if (job.value === 'expand' && lacks.value) return l10n.t('Drag an edge of the frame outwards, or choose a ratio.');
	if (job.value !== 'mask') return undefined;
	if (lacks.value) return l10n.t('Paint over what should change, or choose Whole Picture.');
	return coverage.value === 1 ? l10n.t('All of the picture is selected: nothing of it stays.') : undefined;
});

const refusal = computed(() =>
	isChanged.value ? l10n.t('The picture has changed on disk: choose what becomes of the selection first.') : undefined,
);

/** What is said before a picture is changed. */
export const form = new FormModel(editDraft, { job, order, lacks, hint, refusal });
