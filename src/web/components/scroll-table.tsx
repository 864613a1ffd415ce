import { Table, type TableProps } from 'antd';

/** A table that may be wider than the screen: what scrolls can be reached and scrolled by the keyboard. */
export function ScrollTable<R extends object>({ label, ...props }: TableProps<R> & { label: string }) {
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={label}>
      <Table<R> size="small" {...props} />
    </div>
  );
}
