package io.github.dxlcdi.client.tls;

import com.opendxl.client.exception.DxlException;
import io.github.dxlcdi.client.spi.PemText;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.BadPaddingException;

/**
 * A private key of a PEM text: PKCS#8, PKCS#1 or SEC 1, encrypted or not.
 *
 * @param what the beginning of a message about it
 * @param block where it stands
 */
record PrivateKeyBlock(String what, PemText.Block block) {
    static final String LABEL = "PRIVATE KEY";

    private static final String ENCRYPTED = "ENCRYPTED PRIVATE KEY";
    private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC");
    private static final String REMEDY = "; convert it with: openssl pkcs8 -topk8 -v2 aes-256-cbc -in OLD -out NEW";

    PrivateKey read(char[] passphrase) throws DxlException {
        Optional<String> traditional = block.header("DEK-Info");
        boolean encrypted = block.label().equals(ENCRYPTED) || traditional.isPresent();
        if (encrypted && passphrase == null) {
            throw new DxlException(what + " is encrypted, and there is no passphrase for it; give it as"
                    + " dxl.tls.private-key-password, or to DxlClientConfig.setPrivateKeyPassword");
        }
        byte[] content = content();
        byte[] plain = content;
        byte[] pkcs8 = null;
        try {
            if (traditional.isPresent()) {
                plain = Decryption.traditional(content, traditional.get(), passphrase);
            } else if (encrypted) {
                plain = Decryption.pkcs8(content, passphrase);
            }
            pkcs8 = pkcs8(plain);
            return key(pkcs8);
        } catch (BadPaddingException e) {
            throw wrongPassphrase();
        } catch (InvalidKeySpecException e) {
            throw encrypted ? wrongPassphrase() : damaged();
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            // The JDK says the same of both, and may quote bytes of the key; what is damaged trips over its own checks
            // as well.
            throw new DxlException(what + " is encrypted in a way that this JVM does not know, or damaged" + REMEDY);
        } finally {
            clear(content);
            clear(plain);
            clear(pkcs8);
        }
    }

    private byte[] content() throws DxlException {
        try {
            return block.bytes();
        } catch (IllegalArgumentException e) {
            throw new DxlException(what + " is damaged: its text is not base64");
        }
    }

    private byte[] pkcs8(byte[] plain) throws DxlException, InvalidKeySpecException {
        return switch (block.label()) {
            case LABEL, ENCRYPTED -> plain.clone();
            case "RSA PRIVATE KEY" -> Pkcs8.ofPkcs1(plain);
            case "EC PRIVATE KEY" -> Pkcs8.ofSec1(plain);
            default ->
                throw new DxlException(what + " is a '" + block.label() + "', expected an RSA or EC key" + REMEDY);
        };
    }

    private static PrivateKey key(byte[] pkcs8) throws GeneralSecurityException {
        InvalidKeySpecException none = null;
        for (String algorithm : KEY_ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (InvalidKeySpecException e) {
                // It may be a key of the next kind.
                none = e;
            }
        }
        throw none;
    }

    @Override
    public String toString() {
        return what;
    }

    /** Only the padding, or what comes out, tells that the passphrase is another. */
    private DxlException wrongPassphrase() {
        return new DxlException(what + " can't be decrypted: the passphrase is wrong, or the key is damaged");
    }

    private DxlException damaged() {
        return new DxlException(what + " is damaged, or neither an RSA nor an EC key");
    }

    private static void clear(byte[] secret) {
        if (secret != null) {
            Arrays.fill(secret, (byte) 0);
        }
    }
}
