import { CameraOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useRef } from 'react';

type Props = {
  label: string;
  onFiles: (files: File[]) => void;
  size?: 'small' | 'middle' | 'large';
  /** Only the picture of a camera: what it is for is said to those who hear the page. */
  isBare?: boolean;
};

/** Takes a photograph: opens the camera of a phone, and asks for a picture at a desk. */
export function CameraButton({ label, onFiles, size = 'middle', isBare = false }: Props) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        accept="image/*"
        capture="environment"
        hidden
        onChange={({ target }) => {
          onFiles([...(target.files ?? [])]);
          target.value = '';
        }}
      />
      <Button
        size={size}
        icon={<CameraOutlined />}
        {...(isBare ? { 'aria-label': label, title: label } : {})}
        onClick={() => input.current?.click()}
      >
        {isBare ? null : label}
      </Button>
    </>
  );
}
