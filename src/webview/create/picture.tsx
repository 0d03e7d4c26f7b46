import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ReferenceView } from '../../protocol/views';
import { reasonOf } from '../asking';
import { Icon } from '../icon';
import { thumbnailOf } from '../thumbnailQueue';
import { l10n } from '../words';

interface Shown {
	readonly uri?: string;
	readonly problem?: string;
}

/** A picture's thumbnail, for eyes alone: what is around it says its name. It is asked for where there is none yet. */
export function Picture({ id, uri, problem }: ReferenceView) {
	const made = useSignal<Shown>({});
	const isWanted = uri === undefined && problem === undefined;
	useEffect(() => {
		if (!isWanted) return undefined;
		const controller = new AbortController();
		void make(id, controller.signal).then((shown) => (made.value = shown));
		return () => controller.abort();
	}, [id, isWanted]);
	const address = uri ?? made.value.uri;
	const spoiled = useSignal<string | undefined>(undefined);
	if (address === undefined) return <Instead why={problem ?? made.value.problem} />;
	if (address === spoiled.value) return <Instead why={l10n.t('Its thumbnail cannot be read.')} />;
	return <img src={address} alt="" draggable={false} onError={() => (spoiled.value = address)} />;
}

/** `why`: it cannot be shown; otherwise it is waited for. */
function Instead({ why }: { readonly why: string | undefined }) {
	return (
		<span class={why === undefined ? 'picture waiting' : 'picture broken'} title={why}>
			<Icon name="file-media" />
			{why !== undefined && <span class="unseen">{why}</span>}
		</span>
	);
}

async function make(id: string, signal: AbortSignal): Promise<Shown> {
	try {
		const thumbnail = await thumbnailOf(id, signal);
		if (thumbnail.kind === 'ready') return { uri: thumbnail.uri };
		return { problem: thumbnail.kind === 'missing' ? l10n.t('Its file is gone.') : thumbnail.why };
	} catch (fault) {
		return signal.aborted ? {} : { problem: reasonOf(fault) };
	}
}
