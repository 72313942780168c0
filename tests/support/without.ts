/** Whether this run is to behave as on a machine without that program: `PERIODICAL_WITHOUT=java,chromium`. */
export const isWithout = (program: string) => (process.env.PERIODICAL_WITHOUT ?? '').split(',').includes(program);
