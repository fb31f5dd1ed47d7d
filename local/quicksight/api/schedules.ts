import { randomUUID } from 'node:crypto';
import { seconds, type DataSet, type Kept, type RefreshSchedule } from '../kept';
import { latestDue } from '../queries/schedule';
import type { Ingestions } from './ingestions';
import { ScheduleRequest, type Schedule } from './requests';
import { arnOf, begun, invalid, keyOf, ResourceError, type Resources } from './resources';
import type { ApiRequest, Routes } from './routes';

const PATH = '/accounts/:account/data-sets/:id/refresh-schedules';
/** https://docs.aws.amazon.com/quicksight/latest/user/refreshing-imported-data.html */
const MOST_OF_A_DATA_SET = 5;

/** When data sets of SPICE are filled anew. */
export function scheduleRoutes(sets: Resources<DataSet>, kept: Kept): Routes {
  const of = (dataSet: DataSet): RefreshSchedule[] => [...kept.schedules.values()].filter((one) => one.account === dataSet.account && one.region === dataSet.region && one.dataSet === dataSet.id);
  const arn = (dataSet: DataSet, id: string): string => `${arnOf('dataset', dataSet, dataSet.id)}/refresh-schedule/${id}`;
  const found = (dataSet: DataSet, id: string): RefreshSchedule => {
    const one = kept.schedules.get(keyOf(dataSet, `${dataSet.id}/${id}`));
    if (!one) throw new ResourceError('ResourceNotFoundException', `Refresh schedule ${id} is not found`, 'REFRESH_SCHEDULE');
    return one;
  };
  const put = async (dataSet: DataSet, schedule: RefreshSchedule): Promise<object> => {
    kept.schedules.put(keyOf(dataSet, `${dataSet.id}/${schedule.id}`), schedule);
    await kept.commit();
    return { ScheduleId: schedule.id, Arn: arn(dataSet, schedule.id) };
  };
  const asked = async ({ place, param, body }: ApiRequest): Promise<{ readonly dataSet: DataSet; readonly schedule: Schedule }> => {
    const { Schedule: schedule } = await body(ScheduleRequest);
    const { Interval, RefreshOnDay, TimeOfTheDay } = schedule.ScheduleFrequency;
    if (Interval === 'WEEKLY' && RefreshOnDay?.DayOfWeek === undefined) throw invalid('A weekly schedule needs RefreshOnDay.DayOfWeek.');
    if (Interval === 'MONTHLY' && RefreshOnDay?.DayOfMonth === undefined) throw invalid('A monthly schedule needs RefreshOnDay.DayOfMonth.');
    if (Interval.startsWith('MINUTE') && TimeOfTheDay !== undefined) throw invalid(`A schedule of ${Interval} has no TimeOfTheDay.`);
    return { dataSet: sets.of(place, param('id')), schedule };
  };
  const shown = (dataSet: DataSet, { id, schedule }: RefreshSchedule): object => ({ ...schedule, Arn: arn(dataSet, id) });
  return {
    [`POST ${PATH}`]: async (request) => {
      const { dataSet, schedule } = await asked(request);
      if (dataSet.ImportMode !== 'SPICE') throw invalid(`Data set ${dataSet.id} is not of SPICE: it is asked directly.`);
      if (kept.schedules.get(keyOf(dataSet, `${dataSet.id}/${schedule.ScheduleId}`))) throw new ResourceError('ResourceExistsException', `Refresh schedule ${schedule.ScheduleId} already exists`, 'REFRESH_SCHEDULE');
      if (of(dataSet).length >= MOST_OF_A_DATA_SET) throw new ResourceError('LimitExceededException', `A data set has at most ${MOST_OF_A_DATA_SET} refresh schedules`, 'REFRESH_SCHEDULE');
      return put(dataSet, { ...begun(dataSet, schedule.ScheduleId), dataSet: dataSet.id, schedule });
    },
    [`PUT ${PATH}`]: async (request) => {
      const { dataSet, schedule } = await asked(request);
      return put(dataSet, { ...found(dataSet, schedule.ScheduleId), schedule, updatedAt: seconds() });
    },
    [`GET ${PATH}`]: ({ place, param }) => {
      const dataSet = sets.of(place, param('id'));
      return { RefreshSchedules: of(dataSet).map((one) => shown(dataSet, one)) };
    },
    [`GET ${PATH}/:schedule`]: ({ place, param }) => {
      const dataSet = sets.of(place, param('id'));
      return { RefreshSchedule: shown(dataSet, found(dataSet, param('schedule'))), Arn: arn(dataSet, param('schedule')) };
    },
    [`DELETE ${PATH}/:schedule`]: async ({ place, param }) => {
      const dataSet = sets.of(place, param('id'));
      const { id } = found(dataSet, param('schedule'));
      kept.schedules.delete(keyOf(dataSet, `${dataSet.id}/${id}`));
      await kept.commit();
      return { ScheduleId: id, Arn: arn(dataSet, id) };
    },
  };
}

/** Starts what is due. What was due while nothing ran is done once. */
export async function refreshDue(kept: Kept, ingestions: Ingestions, now: Date): Promise<void> {
  for (const one of kept.schedules.values()) {
    const dataSet = kept.dataSets.get(keyOf(one, one.dataSet));
    const due = latestDue(one.schedule, now).getTime() / 1_000;
    if (!dataSet || due <= Math.max(one.lastRunAt ?? 0, one.updatedAt, one.schedule.StartAfterDateTime ?? 0)) continue;
    kept.schedules.put(keyOf(one, `${one.dataSet}/${one.id}`), { ...one, lastRunAt: now.getTime() / 1_000 });
    // oxlint-disable-next-line no-await-in-loop
    await ingestions.start(dataSet, { id: randomUUID(), source: 'SCHEDULED', type: 'FULL_REFRESH' });
  }
}
