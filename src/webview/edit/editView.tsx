import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { DetailView } from '../../protocol/views';
import { Banners } from '../create/banners';
import { Jobs } from '../create/jobs';
import { PromptForm } from '../create/promptForm';
import { host } from '../connection';
import { useLook } from '../gallery/useLook';
import { Icon } from '../icon';
import { canvas, editDraft, view } from '../kept';
import { l10n } from '../words';
import { CanvasBox } from './canvasBox';
import { form } from './editForm';
import { FrameTools } from './frameTools';
import { JobChoice } from './jobChoice';
import { pressHistory } from './keys';
import { MaskTools } from './maskTools';
import { pickSource } from './pickSource';
import { useShown } from './shown';
import { Source } from './source';
import { Spoken } from './spoken';
import { StrengthTools } from './strengthTools';
import { Strip } from './strip';

/** Where a picture is changed. */
export function EditView() {
	const { source } = editDraft.value;
	return source === undefined ? <NoSource /> : <Bench key={source} source={source} />;
}

/** The canvas, and the form beside it. Mounted anew for another picture. */
function Bench({ source }: { readonly source: string }) {
	const look = useLook(source);
	useEffect(() => {
		void host.call('follow', { id: source }).catch(() => undefined);
		return () => void host.call('follow', {}).catch(() => undefined);
	}, [source]);
	return (
		<div class="bench">
			<section class="easel" aria-label={l10n.t('Canvas')} onKeyDown={pressHistory}>
				<Source id={source} look={look} />
				{(look.seen !== undefined || look.failure !== undefined) && <Easel detail={look.seen} />}
				<Spoken />
			</section>
			<div class="workbenchForm">
				<Banners form={form} />
				<PromptForm form={form} />
			</div>
			<Jobs />
		</div>
	);
}

/** `detail`: absent where nothing is known of the picture. Of one that cannot be shown there are still the results. */
function Easel({ detail }: { readonly detail: DetailView | undefined }) {
	const shown = useShown(detail);
	const { job } = canvas.value;
	if (!detail?.picture || !shown) return <Strip />;
	return (
		<>
			<JobChoice />
			{job === 'mask' && <MaskTools source={detail.picture} />}
			{job === 'expand' && <FrameTools source={detail.picture} />}
			{job === 'vary' && <StrengthTools />}
			<CanvasBox source={detail.picture} shown={shown} />
			<Strip />
		</>
	);
}

function NoSource() {
	const problem = useSignal<string | undefined>(undefined);
	return (
		<div class="empty">
			<Icon name="edit" />
			<h2>{l10n.t('Choose a picture to change')}</h2>
			<p class="faint">
				{l10n.t('Say what should be different. The picture stays; the changed one is saved beside it.')}
			</p>
			<div class="buttons">
				<button type="button" class="button primary" onClick={() => (view.value = 'gallery')}>
					{l10n.t('Choose in Gallery')}
				</button>
				<button type="button" class="button" onClick={() => void pickSource(problem)}>
					{l10n.t('Pick a File…')}
				</button>
			</div>
			{problem.value !== undefined && (
				<p class="mistake foreign" role="alert">
					{problem.value}
				</p>
			)}
		</div>
	);
}
