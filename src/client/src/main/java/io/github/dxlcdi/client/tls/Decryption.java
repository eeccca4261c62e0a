package io.github.dxlcdi.client.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.interfaces.PBEKey;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The two ways in which a private key in a PEM file is encrypted. The passphrase is only read. */
final class Decryption {
    private static final int TRADITIONAL_SALT_BYTES = 8;

    /** As many as the JDK allows in a key store: a damaged number would keep us for hours. */
    private static final int MOST_ITERATIONS = 5_000_000;

    private static final Pattern PBES2 = Pattern.compile("PBEWith(?<function>HmacSHA\\d+)AndAES_(?<bits>\\d+)");

    /** The ciphers of {@code DEK-Info} that are still about. */
    private static final Map<String, Traditional> TRADITIONAL = Map.of(
            "AES-128-CBC", new Traditional("AES", 16),
            "AES-192-CBC", new Traditional("AES", 24),
            "AES-256-CBC", new Traditional("AES", 32),
            "DES-EDE3-CBC", new Traditional("DESede", 24));

    private record Traditional(String cipher, int keyBytes) {}

    private Decryption() {}

    /** Decrypts {@code EncryptedPrivateKeyInfo} (RFC 5958): PBES2 with AES, and what the JDK knows of PBES1. */
    static byte[] pkcs8(byte[] encrypted, char[] passphrase) throws GeneralSecurityException, IOException {
        EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(encrypted);
        AlgorithmParameters parameters = info.getAlgParameters();
        // For PBES2 the name says nothing of the cipher; the parameters do.
        String algorithm = parameters == null || info.getAlgName().startsWith("PBEWith")
                ? info.getAlgName()
                : parameters.toString();
        if (parameters != null
                && parameters.getParameterSpec(PBEParameterSpec.class).getIterationCount() > MOST_ITERATIONS) {
            throw new InvalidAlgorithmParameterException("more than " + MOST_ITERATIONS + " iterations");
        }
        Cipher cipher = Cipher.getInstance(algorithm);
        Matcher pbes2 = PBES2.matcher(algorithm);
        if (pbes2.matches()) {
            return pbes2(info.getEncryptedData(), passphrase, pbes2, parameters);
        }
        cipher.init(Cipher.DECRYPT_MODE, new Passphrase(passphrase), parameters);
        return cipher.doFinal(info.getEncryptedData());
    }

    /** The JDK's own way takes passphrases of ASCII characters only, in JDK 17; this one takes all, as UTF-8. */
    private static byte[] pbes2(byte[] encrypted, char[] passphrase, Matcher algorithm, AlgorithmParameters parameters)
            throws GeneralSecurityException {
        PBEParameterSpec given = parameters.getParameterSpec(PBEParameterSpec.class);
        PBEKeySpec spec = new PBEKeySpec(
                passphrase, given.getSalt(), given.getIterationCount(), Integer.parseInt(algorithm.group("bits")));
        byte[] key = {};
        try {
            key = SecretKeyFactory.getInstance("PBKDF2With" + algorithm.group("function"))
                    .generateSecret(spec)
                    .getEncoded();
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), given.getParameterSpec());
            return cipher.doFinal(encrypted);
        } finally {
            spec.clearPassword();
            Arrays.fill(key, (byte) 0);
        }
    }

    /** For PBES1, whose key factory in JDK 17 takes ASCII characters only; the ciphers take any. */
    private record Passphrase(char[] characters) implements PBEKey {
        private static final long serialVersionUID = 1L;

        @Override
        public char[] getPassword() {
            return characters.clone();
        }

        @Override
        public byte[] getSalt() {
            return null;
        }

        @Override
        public int getIterationCount() {
            return 0;
        }

        @Override
        public String getAlgorithm() {
            return "PBE";
        }

        @Override
        public String getFormat() {
            return "RAW";
        }

        @Override
        public byte[] getEncoded() {
            ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(characters));
            return Arrays.copyOf(encoded.array(), encoded.limit());
        }

        @Override
        public String toString() {
            return "Passphrase";
        }
    }

    /**
     * Decrypts what OpenSSL's traditional format holds.
     *
     * @param info the header {@code DEK-Info}: cipher and initialisation vector
     */
    static byte[] traditional(byte[] encrypted, String info, char[] passphrase) throws GeneralSecurityException {
        String[] parts = info.split(",", 2);
        Traditional form = TRADITIONAL.get(parts[0].strip().toUpperCase(Locale.ROOT));
        if (form == null || parts.length < 2) {
            throw new NoSuchAlgorithmException(parts[0]);
        }
        byte[] vector = hex(parts[1].strip());
        if (vector.length < TRADITIONAL_SALT_BYTES) {
            throw new InvalidAlgorithmParameterException("the initialisation vector is too short");
        }
        byte[] key = traditionalKey(passphrase, vector, form.keyBytes());
        try {
            Cipher cipher = Cipher.getInstance(form.cipher() + "/CBC/PKCS5Padding");
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, form.cipher()), new IvParameterSpec(vector));
            return cipher.doFinal(encrypted);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /** Bytes of hexadecimal digits; none if they are something else. */
    private static byte[] hex(String digits) {
        try {
            return HexFormat.of().parseHex(digits);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    /** OpenSSL's {@code EVP_BytesToKey} with MD5 and one round. */
    private static byte[] traditionalKey(char[] passphrase, byte[] vector, int bytes) throws GeneralSecurityException {
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(passphrase));
        byte[] key = new byte[bytes];
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            byte[] digest = {};
            for (int filled = 0; filled < bytes; filled += digest.length) {
                md5.update(digest);
                md5.update(encoded.duplicate());
                md5.update(vector, 0, TRADITIONAL_SALT_BYTES);
                digest = md5.digest();
                System.arraycopy(digest, 0, key, filled, Math.min(digest.length, bytes - filled));
            }
            return key;
        } finally {
            Arrays.fill(encoded.array(), (byte) 0);
        }
    }
}
