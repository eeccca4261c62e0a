package io.github.dxlcdi.client.connection;

import io.github.dxlcdi.client.tls.CertificateExpiry;
import io.github.dxlcdi.client.tls.CredentialSource;
import io.github.dxlcdi.client.transport.EventLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Reports certificates near their end once a day, connected or not. Runs on the event loop, and ends with it. */
final class ExpiryWatch {
    private final CredentialSource credentials;
    private final Duration period;
    private Future<?> timer;

    ExpiryWatch(CredentialSource credentials, Duration period) {
        this.credentials = credentials;
        this.period = period;
    }

    /** Reports after each period; the first time is when the certificates are read. A second call does nothing. */
    void start(EventLoop loop) {
        if (timer == null) {
            timer = loop.group()
                    .scheduleAtFixedRate(this::report, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void report() {
        try {
            CertificateExpiry.report(credentials.current(), Instant.now());
        } catch (Throwable e) {
            // Netty repeats no task that has thrown. It is told the next time.
        }
    }
}
