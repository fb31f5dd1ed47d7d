import { LOCALES } from '../../../contracts/language';
import { counting } from '../formats';

const counted = counting(LOCALES.en);

/** One's account, and what is recorded of anybody's visits. */
export const account = {
  signInFirst: 'Sign in to see your account, or make one.',
  makeOne: 'Make an account',
  forgotPassword: 'I forgot my password',
  signedIn: 'Signed in',
  email: 'E-mail',
  customerNumber: 'Customer number',
  signOutHere: 'Sign out here',
  password: 'Password',
  passwordByCode: 'We send a code to your e-mail address; with it you choose another password.',
  changePassword: 'Change the password',
  everywhere: 'On all devices',
  everywhereMeans:
    'Here you are signed out at once, everywhere else within an hour: until then a device that was let in stays in. A browser in which the password was given during the last hour may sign in again without it: sign out there as well. If somebody else may know the password, change it.',
  signOutEverywhere: 'Sign out everywhere',
  data: 'Your data',
  dataMeans:
    'A file with your profile, all of your orders, what recommendations know of you, and what this browser keeps for the shop. Records of single visits are not in it: write to us, and we look for them by your customer number.',
  download: 'Download your data',
  gathering: (orders: number) => `Gathering: ${counted(orders, 'order', 'orders')} so far …`,
  downloaded: 'Your browser has the file.',
  recording: 'What we record of your visits',
  recordingMeans:
    'Which products you look at, put into your basket and buy, and what you search for. It tells us what is popular and what to show you, under a number that this browser has drawn, and under your account while you are signed in.',
  browserRefuses: 'Your browser asks not to be followed (Do Not Track or Global Privacy Control). Nothing is recorded, whatever is chosen here.',
  youMayRecord: 'You may record my visits in this browser',
  choiceIsKept: 'The choice is kept in this browser.',
  nothingRecorded: 'Nothing is recorded any more. What waited to be sent, your number and what you have recently seen are removed from this browser.',
  /** At the foot of every page. */
  recorded: 'We record what is looked at here, to show more of the like.',
  recordedByNobody: 'Nothing of your visit is recorded: you asked us not to.',
  browserRefused: 'Your browser asks not to be followed, so nothing of your visit is recorded.',
  moreAboutIt: 'More about it',
  changeThat: 'Change that',
};
