/** SHA-256 (FIPS 180-4) of what comes piece by piece: the browser's own wants all of it at once. */
const PRIMES = [];
for (let n = 2; PRIMES.length < 64; n++) {
  if (PRIMES.every(prime => n % prime)) {
    PRIMES.push(n);
  }
}
const fraction = x => ((x - Math.floor(x)) * 2 ** 32) | 0;
const K = Int32Array.from(PRIMES, prime => fraction(Math.cbrt(prime)));
const BLOCK = 64;

export class Sha256 {
  #h = Int32Array.from(PRIMES.slice(0, 8), prime => fraction(Math.sqrt(prime)));
  #w = new Int32Array(64);
  #rest = new Uint8Array(BLOCK);
  #kept = 0;
  #bytes = 0;

  /** @param {Uint8Array} piece */
  update(piece) {
    this.#bytes += piece.length;
    let at = 0;
    if (this.#kept) {
      at = Math.min(BLOCK - this.#kept, piece.length);
      this.#rest.set(piece.subarray(0, at), this.#kept);
      this.#kept += at;
      if (this.#kept < BLOCK) {
        return;
      }
      this.#block(this.#rest, 0);
      this.#kept = 0;
    }
    for (; at + BLOCK <= piece.length; at += BLOCK) {
      this.#block(piece, at);
    }
    this.#rest.set(piece.subarray(at));
    this.#kept = piece.length - at;
  }

  /** Of all that came, in hex; nothing may come afterwards. */
  hex() {
    const bits = BigInt(this.#bytes) * 8n;
    const end = new Uint8Array(this.#kept < 56 ? BLOCK : 2 * BLOCK);
    end.set(this.#rest.subarray(0, this.#kept));
    end[this.#kept] = 0x80;
    new DataView(end.buffer).setBigUint64(end.length - 8, bits);
    for (let at = 0; at < end.length; at += BLOCK) {
      this.#block(end, at);
    }
    return Array.from(this.#h, word => (word >>> 0).toString(16).padStart(8, '0')).join('');
  }

  #block(bytes, at) {
    const w = this.#w;
    for (let i = 0; i < 16; i++, at += 4) {
      w[i] = bytes[at] << 24 | bytes[at + 1] << 16 | bytes[at + 2] << 8 | bytes[at + 3];
    }
    for (let i = 16; i < 64; i++) {
      const x = w[i - 15];
      const y = w[i - 2];
      w[i] = w[i - 16] + w[i - 7] + ((x >>> 7 | x << 25) ^ (x >>> 18 | x << 14) ^ x >>> 3)
          + ((y >>> 17 | y << 15) ^ (y >>> 19 | y << 13) ^ y >>> 10);
    }
    // Taken apart one by one: this runs for each 64 bytes.
    const of = this.#h;
    let a = of[0];
    let b = of[1];
    let c = of[2];
    let d = of[3];
    let e = of[4];
    let f = of[5];
    let g = of[6];
    let h = of[7];
    for (let i = 0; i < 64; i++) {
      const one = h + ((e >>> 6 | e << 26) ^ (e >>> 11 | e << 21) ^ (e >>> 25 | e << 7)) + (e & f ^ ~e & g) + K[i]
          + w[i] | 0;
      const two = ((a >>> 2 | a << 30) ^ (a >>> 13 | a << 19) ^ (a >>> 22 | a << 10)) + (a & b ^ a & c ^ b & c) | 0;
      h = g;
      g = f;
      f = e;
      e = d + one | 0;
      d = c;
      c = b;
      b = a;
      a = one + two | 0;
    }
    of[0] += a;
    of[1] += b;
    of[2] += c;
    of[3] += d;
    of[4] += e;
    of[5] += f;
    of[6] += g;
    of[7] += h;
  }
}
