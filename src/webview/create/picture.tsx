import { useSignal, useSignalEffect } from '@preact/signals';
import type { ReferenceView } from '../../protocol/views';
import { host } from '../connection';
import { Icon } from '../icon';
import { l10n } from '../words';
import { reasonOf } from './asking';

interface Shown {
	readonly uri?: string;
	readonly problem?: string;
}

/** A picture's thumbnail, for eyes alone: what is around it says its name. It is asked for where there is none yet. */
export function Picture({ id, uri, problem }: ReferenceView) {
	const made = useSignal<Shown>({});
	useSignalEffect(() => {
		if (uri === undefined && problem === undefined) void thumbnailOf(id).then((shown) => (made.value = shown));
	});
	const address = uri ?? made.value.uri;
	if (address !== undefined) return <img src={address} alt="" draggable={false} />;
	const why = problem ?? made.value.problem;
	return (
		<span class={why === undefined ? 'picture waiting' : 'picture broken'} title={why}>
			<Icon name="file-media" />
			{why !== undefined && <span class="unseen">{why}</span>}
		</span>
	);
}

async function thumbnailOf(id: string): Promise<Shown> {
	try {
		const thumbnail = await host.call('thumbnail', { id });
		if (thumbnail.kind === 'ready') return { uri: thumbnail.uri };
		return { problem: thumbnail.kind === 'missing' ? l10n.t('Its file is gone.') : thumbnail.why };
	} catch (fault) {
		return { problem: reasonOf(fault) };
	}
}
