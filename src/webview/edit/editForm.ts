import { computed } from '@preact/signals';
import { withMargins } from '../../domain/margins';
import { FormModel } from '../create/formModel';
import { canvas, editDraft } from '../kept';
import { l10n } from '../words';
import { isChanged, unseen } from './changedFile';
import { wholeOrder } from './editing';
import { share } from './selected';

const job = computed(() => canvas.value.job);
const order = computed(() => wholeOrder(editDraft.value, canvas.value));

const isFramed = computed(() => {
	const { width, height } = withMargins({ width: 0, height: 0 }, canvas.value.margins);
	return width + height > 0;
});

const lacks = computed(() => {
	if (unseen.value !== undefined) return true;
	if (job.value === 'mask') return share.value === 0;
	return job.value === 'expand' && !isFramed.value;
});

const hint = computed(() => {
	if (unseen.value !== undefined) return unseen.value;
	if (job.value === 'expand' && lacks.value) return l10n.t('Drag an edge of the frame outwards, or choose a ratio.');
	if (job.value !== 'mask') return undefined;
	if (lacks.value) return l10n.t('Paint over what should change, or choose Whole Picture.');
	return share.value === 1 ? l10n.t('All of the picture is selected: nothing of it stays.') : undefined;
});

const refusal = computed(() =>
	isChanged.value ? l10n.t('The picture has changed on disk: choose what becomes of the selection first.') : undefined,
);

/** What is said before a picture is changed. */
export const form = new FormModel(editDraft, { job, order, lacks, hint, refusal });
