export { startClock, type ClockStart } from './start-clock.ts';
export { cancelClock, meetClock } from './end-clock.ts';
export { extendClock, type ClockExtension } from './extend-clock.ts';
export { excludeTime, resumeClock, type ExcludedTime } from './exclude-time.ts';
export { moveTrigger, type MovedTrigger } from './move-trigger.ts';
export { clocksOf } from './clocks-of.ts';
export { ClockView } from './schemas.ts';
export { deadlineAnswer, deadlineText, loadDeadlineDesk } from './answer.ts';
export { importCalendar } from './import-calendar.ts';
