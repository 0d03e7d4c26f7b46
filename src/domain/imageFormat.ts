/** File formats that Limn can be asked for, in the words of the settings. */
export const requestableFormats = ['png', 'jpeg', 'webp'] as const;
export type RequestableFormat = (typeof requestableFormats)[number];

/** File formats that a picture may have when it arrives. */
export type ImageFormat = RequestableFormat | 'gif' | 'avif';

const extensions: Readonly<Record<ImageFormat, readonly [string, ...string[]]>> = {
	png: ['png'],
	jpeg: ['jpg', 'jpeg'],
	webp: ['webp'],
	gif: ['gif'],
	avif: ['avif'],
};

/** The extension that a file of this format gets, without a dot. */
export function extensionOf(format: ImageFormat): string {
	return extensions[format][0];
}

/** The format that a file name's extension stands for, if it is one that can be asked for. */
export function formatOfName(name: string): RequestableFormat | undefined {
	const extension = /\.([^./\\]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
	return requestableFormats.find((format) => extensions[format].includes(extension));
}
