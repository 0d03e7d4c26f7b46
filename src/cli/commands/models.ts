import { nameOf, offered } from '../../catalogue/catalogue';
import { isRetired } from '../../catalogue/lifecycle';
import { formatUsd, pricePerPicture } from '../../catalogue/price';
import { dateAndTime } from '../../generation/localTime';
import { type Command, exitCodes } from '../command';
import { catalogue } from '../prepare';
import { jsonFlag, noWords } from '../usualFlags';

/** `limn models`: what --model takes. */
export const models: Command = {
	takes: '',
	about: 'Lists the models that Limn knows, with the price of one picture.',
	flags: jsonFlag,
	notes: [
		'Prices are estimates in USD, rather too high than too low. Other names of these providers can be sent as well.',
	],
	run: async (given, { out }) => {
		noWords(given);
		const today = dateAndTime(new Date()).date;
		const rows = offered(catalogue)
			.filter((each) => !isRetired(each, today))
			.map((each) => {
				const { offer, model } = each;
				// Absent from the JSON where nobody knows it.
				const usd = pricePerPicture(each, undefined, {});
				return { model: nameOf(offer), title: model.title, operations: offer.operations, usd };
			});
		if (given.has('json')) out(JSON.stringify({ models: rows }));
		else
			for (const { model, title, usd } of rows) out(`${model}\t${title}\t${usd === undefined ? '' : formatUsd(usd)}`);
		return exitCodes.done;
	},
};
