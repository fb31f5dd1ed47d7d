import type { Schedule } from '../api/requests';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const WEEKDAYS = ['SUNDAY', 'MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY'] as const;

/** The newest moment, up to `now`, for which a schedule wants a refresh. Where clocks were changed since, it may be an hour off. */
export function latestDue({ ScheduleFrequency: { Interval, RefreshOnDay, Timezone, TimeOfTheDay = '00:00' } }: Pick<Schedule, 'ScheduleFrequency'>, now: Date): Date {
  const minute = new Date(now.getTime() - (now.getTime() % MINUTE));
  if (Interval === 'MINUTE15' || Interval === 'MINUTE30') {
    const every = (Interval === 'MINUTE15' ? 15 : 30) * MINUTE;
    return new Date(now.getTime() - (now.getTime() % every));
  }
  const [hours = 0, minutes = 0] = TimeOfTheDay.split(':').map(Number);
  const at = localTime(minute, Timezone);
  if (Interval === 'HOURLY') return new Date(minute.getTime() - ((at.minutes - minutes + 60) % 60) * MINUTE);
  let due = new Date(minute.getTime() - ((at.hours * 60 + at.minutes - hours * 60 - minutes + 1440) % 1440) * MINUTE);
  const wanted = (day: Date): boolean => {
    if (Interval === 'DAILY') return true;
    const local = localTime(day, Timezone);
    if (Interval === 'WEEKLY') return WEEKDAYS[local.weekday] === RefreshOnDay?.DayOfWeek;
    return RefreshOnDay?.DayOfMonth === 'LAST_DAY_OF_MONTH' ? localTime(new Date(day.getTime() + DAY), Timezone).day === 1 : String(local.day) === RefreshOnDay?.DayOfMonth;
  };
  for (let back = 0; back <= 31 && !wanted(due); back += 1) due = new Date(due.getTime() - DAY);
  return due;
}

function localTime(at: Date, timeZone: string): { readonly hours: number; readonly minutes: number; readonly day: number; readonly weekday: number } {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', day: 'numeric', month: 'numeric', year: 'numeric', hourCycle: 'h23' }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.find((one) => one.type === type)?.value);
  return { hours: part('hour'), minutes: part('minute'), day: part('day'), weekday: new Date(Date.UTC(part('year'), part('month') - 1, part('day'))).getUTCDay() };
}
