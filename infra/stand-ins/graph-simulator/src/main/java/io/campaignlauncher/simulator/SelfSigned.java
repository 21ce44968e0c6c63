package io.campaignlauncher.simulator;

import io.netty.pkitesting.CertificateBuilder;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;

/** A key and its certificate, signed by itself and made anew at each start, for the names by which a simulator is reached. */
record SelfSigned(PrivateKey key, X509Certificate certificate) {

    private static final Duration VALID_DURING = Duration.ofDays(365);

    static SelfSigned forHost(String host) {
        // Of the real time, whatever time is simulated: clients compare it with their own clock.
        var now = Instant.now();
        try {
            var builder = new CertificateBuilder().subject("CN=Graph simulator").ecp256()
                    .setIsCertificateAuthority(true)
                    .notBefore(now.minus(Duration.ofDays(1))).notAfter(now.plus(VALID_DURING))
                    .addSanDnsName("localhost").addSanIpAddress("127.0.0.1");
            if (host.chars().allMatch(each -> each == '.' || Character.isDigit(each)) || host.indexOf(':') >= 0) {
                builder.addSanIpAddress(host);
            } else {
                builder.addSanDnsName(host);
            }
            var bundle = builder.buildSelfSigned();
            return new SelfSigned(bundle.getKeyPair().getPrivate(), bundle.getCertificate());
        } catch (Exception e) {
            throw new IllegalStateException("no certificate could be made for " + host, e);
        }
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "SelfSigned[" + certificate.getSubjectX500Principal() + "]";
    }
}
