package io.github.dxlcdi.client.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.opendxl.client.exception.DxlException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Base64;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEParameterSpec;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/** A number that was damaged must not keep us for hours: it is refused before anything is computed. */
class IterationCountFuzzTest {
    private static final int MOST_ITERATIONS = 5_000_000;
    private static final int SALT_BYTES = 8;
    private static final int BLOCK_BYTES = 16;
    private static final long MOST_NANOS = 1_000_000_000;
    private static final ThreadMXBean TIME = ManagementFactory.getThreadMXBean();

    @Property(shrinking = ShrinkingMode.OFF)
    void more_iterations_than_anybody_needs_are_refused_at_once(
            @ForAll @IntRange(min = MOST_ITERATIONS + 1, max = Integer.MAX_VALUE) int iterations, @ForAll boolean pbes2)
            throws Exception {
        String key = pbes2
                ? key("PBEWithHmacSHA256AndAES_256", iterations, new IvParameterSpec(new byte[BLOCK_BYTES]))
                : key("PBEWithSHA1AndDESede", iterations, null);

        long before = TIME.getCurrentThreadCpuTime();
        assertThatThrownBy(() -> Pem.load("private key", key).privateKey("secret".toCharArray()))
                .isInstanceOf(DxlException.class)
                .hasMessageContaining("is encrypted in a way that this JVM does not know, or damaged");
        assertThat(TIME.getCurrentThreadCpuTime() - before).isLessThan(MOST_NANOS);
    }

    private static String key(String algorithm, int iterations, AlgorithmParameterSpec vector)
            throws GeneralSecurityException, IOException {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance(algorithm);
        parameters.init(new PBEParameterSpec(new byte[SALT_BYTES], iterations, vector));
        byte[] der = new EncryptedPrivateKeyInfo(parameters, new byte[2 * BLOCK_BYTES]).getEncoded();
        return "-----BEGIN ENCRYPTED PRIVATE KEY-----\n" + Base64.getEncoder().encodeToString(der)
                + "\n-----END ENCRYPTED PRIVATE KEY-----\n";
    }
}
