package io.github.dxlcdi.client.connection;

import com.opendxl.client.exception.DxlException;
import io.github.dxlcdi.client.resilience.MemoryShortage;
import io.github.dxlcdi.client.tls.CertificateExpiry;
import io.github.dxlcdi.client.tls.CredentialSource;
import io.github.dxlcdi.client.tls.TlsContext;
import io.github.dxlcdi.client.tls.TlsCredentials;
import io.github.dxlcdi.client.transport.EventLoop;
import io.github.dxlcdi.client.transport.MqttLink;
import io.netty.handler.ssl.SslContext;
import io.netty.util.ReferenceCountUtil;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLException;

/**
 * TLS with the certificates as they are now. Runs on the event loop, but for reading files: a file system can hang, so that
 * is done by a short-lived thread.
 */
final class TlsSetup {
    private static final int MAX_FRAME_BYTES = 16 * 1024 * 1024;

    private final ConnectionSettings settings;
    private final CredentialSource source;
    private SslContext context;
    private TlsCredentials current;

    /** Of which the context is made, or could not be. */
    private TlsCredentials tried;

    private boolean ended;

    TlsSetup(ConnectionSettings settings) {
        this.settings = settings;
        this.source = settings.credentials();
    }

    /** Makes the context, unless there is one of the present certificates. */
    void prepare() throws SSLException, DxlException {
        TlsCredentials latest = source.current();
        if (ended || (tried == latest && context != null)) {
            return;
        }
        tried = latest;
        SslContext fresh = TlsContext.of(latest, settings.tls());
        release();
        context = fresh;
        current = latest;
        CertificateExpiry.report(latest, Instant.now());
    }

    /** Reads changed files again; done, on the event loop, when the next link will be made with what they hold. */
    CompletableFuture<Void> refresh(EventLoop loop) {
        if (!source.readsFiles()) {
            return CompletableFuture.completedFuture(null);
        }
        return aside(loop, source::refresh, false);
    }

    /** As {@link #refresh}, changed or not; fails, and changes nothing, if what is there can't be used. */
    CompletableFuture<Void> reload(EventLoop loop) {
        return aside(loop, source::reload, true);
    }

    /** For a link of the certificates that the context was made of last. */
    MqttLink.Settings linkSettings() {
        return new MqttLink.Settings(
                context,
                current.chain().get(0),
                settings.clientId(),
                settings.keepAlive(),
                settings.connectTimeout(),
                MAX_FRAME_BYTES);
    }

    /** Gives back what is held; links that are open keep what they need. */
    void end() {
        ended = true;
        release();
    }

    private void release() {
        ReferenceCountUtil.release(context);
        context = null;
    }

    private interface Reading {
        void read() throws DxlException;
    }

    /** @param asked whether somebody wants to hear if TLS can't use what was read */
    private CompletableFuture<Void> aside(EventLoop loop, Reading reading, boolean asked) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread reader = new Thread(
                () -> {
                    DxlException failure = failureOf(reading);
                    try {
                        MemoryShortage.outlast(() -> loop.execute(() -> finish(failure, asked, done)));
                    } catch (RejectedExecutionException e) {
                        done.completeExceptionally(new DxlException("The client is closed"));
                    }
                },
                "dxl-certificates-" + settings.clientId());
        reader.setDaemon(true);
        reader.start();
        return done;
    }

    private static DxlException failureOf(Reading reading) {
        try {
            reading.read();
            return null;
        } catch (DxlException e) {
            return e;
        } catch (Throwable e) {
            return new DxlException("The certificates can't be read", e);
        }
    }

    private void finish(DxlException failure, boolean asked, CompletableFuture<Void> done) {
        if (failure != null) {
            done.completeExceptionally(failure);
            return;
        }
        try {
            prepare();
            done.complete(null);
        } catch (Exception e) {
            if (asked) {
                done.completeExceptionally(new DxlException("TLS can't be set up with these certificates", e));
            } else {
                CredentialSource.tellUnusable(e);
                done.complete(null);
            }
        } catch (Error e) {
            MemoryShortage.outlast(() -> done.completeExceptionally(e));
        }
    }
}
