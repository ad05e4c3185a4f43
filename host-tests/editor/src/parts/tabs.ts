// Tabs of one browser tell each other which org the server writes to now.
import { useEffect, useRef } from 'preact/hooks';
import type { Org } from './page';

/** Only tabs of this server hear it: a channel belongs to an origin. */
const CHANNEL = 'salesforce-module-org';

export function tellTabs(org: Org) {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage(org);
  channel.close();
}

export function useOtherTabs(onOrg: (org: Org) => void) {
  const latest = useRef(onOrg);
  latest.current = onOrg;
  useEffect(() => {
    const channel = new BroadcastChannel(CHANNEL);
    channel.onmessage = ({ data }: MessageEvent<Org>) => latest.current(data);
    return () => channel.close();
  }, []);
}
