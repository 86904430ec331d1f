import { resourceKey } from '../../template';
import type { Road } from '../hop';
import { type Destination, destinationAt } from '../outcome';
import type { Passage } from '../passage';
import type { HttpRequest } from '../request';
import { type Step, stepAt } from '../step';
import type { Edge } from './config';

type Version = HttpRequest['httpVersion'];

/** What a viewer that asks by a version of HTTP gets: another one, or the same with a warning. */
interface Spoken {
  readonly version: Version;
  readonly step: Step;
}

/** How viewers connect to a distribution: the ports, the versions of HTTP, and certificates that they have to show. */
export class ViewerConnection {
  private readonly noConnection: Destination;
  private readonly otherPort: Step;
  /** By the version that the viewer would speak; absent if the distribution speaks it. */
  private readonly spoken: ReadonlyMap<Version, Spoken>;
  private readonly wantsCertificate: Step | undefined;

  constructor(edge: Edge) {
    const { resource } = edge;
    this.noConnection = destinationAt('error', resource);
    this.otherPort = stepAt(
      'distribution',
      resource,
      ({ port, scheme }) => `no viewer connects to ${port} over ${scheme}`,
      ['CF-19'],
      {
        warning: `${resourceKey(resource)}: viewers connect over http to port 80 and over https to port 443; that nothing else is open isn't documented.`,
      },
    );
    this.spoken = spokenBy(edge);
    this.wantsCertificate = certificateStep(edge);
  }

  /** Whether a viewer gets a connection. */
  opensFor({ scheme, port }: HttpRequest): boolean {
    return port === (scheme === 'https' ? 443 : 80);
  }

  /** Ends a passage for which there is no connection. */
  refuse(passage: Passage, road: Road): void {
    road.end(passage.note(this.otherPort).atBest('undocumented'), this.noConnection);
  }

  /** What arrives by a connection. */
  arriving(passage: Passage): Passage {
    const { request } = passage;
    const spoken = this.spoken.get(request.httpVersion);
    const at = spoken === undefined ? passage : speaking(passage, spoken);
    if (this.wantsCertificate === undefined || request.scheme !== 'https') return at;
    return at.note(this.wantsCertificate);
  }
}

function speaking(passage: Passage, { version, step }: Spoken): Passage {
  const { request } = passage;
  return (request.httpVersion === version ? passage : passage.as(request.with({ httpVersion: version }))).note(step);
}

/** Viewers fall back to the best version that both speak (CF-20). Pages differ on the default, which counts as `http2`. */
function spokenBy({ config, resource }: Edge): ReadonlyMap<Version, Spoken> {
  const spoken = new Map<Version, Spoken>();
  const versions = (config.string('HttpVersion') ?? 'http2').toLowerCase();
  if (config.isSymbolic('HttpVersion')) {
    const warning = `${config.at('HttpVersion')} isn't known, so it counts as a version that the viewer speaks.`;
    const step = stepAt('distribution', resource, 'which versions of HTTP it speaks is not known', ['CF-20'], {
      warning,
    });
    return spoken.set('3', { version: '3', step });
  }
  const fallBack = (version: '2' | '3', to: Version) => {
    const because = `it doesn't speak HTTP/${version}, so the viewer falls back to HTTP/${to}`;
    spoken.set(version, { version: to, step: stepAt('distribution', resource, because, ['CF-20']) });
  };
  const speaksHttp2 = versions === 'http2' || versions === 'http2and3';
  if (!speaksHttp2) fallBack('2', '1.1');
  if (versions !== 'http3' && versions !== 'http2and3') fallBack('3', speaksHttp2 ? '2' : '1.1');
  return spoken;
}

/** That viewers have to show a certificate (CF-21); undefined if they don't. */
function certificateStep({ config, resource }: Edge): Step | undefined {
  if (!config.has('ViewerMtlsConfig')) return undefined;
  const mtls = config.object('ViewerMtlsConfig');
  const mode = mtls?.string('Mode')?.toLowerCase();
  if (mode !== undefined && mode !== 'required') return undefined;
  const isKnown = mtls !== undefined && !mtls.isSymbolic('Mode');
  const wants = isKnown ? 'wants a certificate that it trusts' : 'may want a certificate that it trusts';
  return stepAt('distribution', resource, wants, ['CF-21'], {
    warning: `${resourceKey(resource)} ${wants} from viewers (${config.at('ViewerMtlsConfig')}); who shows none gets no connection, and the client counts as one that does.`,
  });
}
