package io.github.dxlcdi.client.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.opendxl.client.exception.DxlException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.EncryptedPrivateKeyInfo;
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

    /** Where the count of the file stands, and the lengths of all that it is in. */
    private static final int COUNT = 43;

    private static final int[] LENGTHS_AROUND = {2, 4, 17, 19, 32};
    private static final long MOST_NANOS = 1_000_000_000;
    private static final ThreadMXBean TIME = ManagementFactory.getThreadMXBean();

    @Property(shrinking = ShrinkingMode.OFF)
    void more_iterations_than_anybody_needs_are_refused_at_once(
            @ForAll @IntRange(min = MOST_ITERATIONS + 1, max = Integer.MAX_VALUE) int iterations, @ForAll boolean pbes2)
            throws Exception {
        String key = pbes2 ? pbes2(iterations) : pbes1(iterations);

        long before = TIME.getCurrentThreadCpuTime();
        assertThatThrownBy(() -> Pem.load("private key", key).privateKey("secret".toCharArray()))
                .isInstanceOf(DxlException.class)
                .hasMessageContaining("is encrypted in a way that this JVM does not know, or damaged");
        assertThat(TIME.getCurrentThreadCpuTime() - before).isLessThan(MOST_NANOS);
    }

    private static String pbes1(int iterations) throws GeneralSecurityException, IOException {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("PBEWithSHA1AndDESede");
        parameters.init(new PBEParameterSpec(new byte[SALT_BYTES], iterations));
        return pem(new EncryptedPrivateKeyInfo(parameters, new byte[2 * BLOCK_BYTES]).getEncoded());
    }

    /** A key that has one iteration, with more of them: three bytes more, in each of the values around. */
    private static String pbes2(int iterations) throws IOException {
        String lines = Files.readString(Path.of("src/test/resources/keys/ec-pkcs8-aes256-one-iteration.key"));
        byte[] one = Base64.getMimeDecoder().decode(lines.replaceAll("-----.*-----", ""));
        assertThat(Arrays.copyOfRange(one, COUNT, COUNT + 3)).containsExactly(2, 1, 1);
        ByteBuffer more = ByteBuffer.allocate(one.length + 3);
        more.put(one, 0, COUNT).put((byte) 2).put((byte) 4).putInt(iterations);
        more.put(one, COUNT + 3, one.length - COUNT - 3);
        for (int length : LENGTHS_AROUND) {
            more.put(length, (byte) (more.get(length) + 3));
        }
        return pem(more.array());
    }

    private static String pem(byte[] der) {
        return "-----BEGIN ENCRYPTED PRIVATE KEY-----\n" + Base64.getEncoder().encodeToString(der)
                + "\n-----END ENCRYPTED PRIVATE KEY-----\n";
    }
}
