package io.millrace.offheap.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.serializers.DefaultSerializers;
import com.esotericsoftware.kryo.serializers.EnumNameSerializer;
import com.esotericsoftware.kryo.serializers.ExternalizableSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import com.esotericsoftware.kryo.util.DefaultClassResolver;
import com.esotericsoftware.kryo.util.DefaultInstantiatorStrategy;
import java.net.URI;
import java.util.UUID;
import org.objenesis.strategy.StdInstantiatorStrategy;

/**
 * Objects of known classes in Kryo's form, but for how classes are named: by their number in a {@link ClassTable}, never by what is
 * read. References are not kept, so an object that is met twice is written twice, and one that holds itself is refused.
 *
 * <p>Thread: one owner.
 */
final class KryoCodec implements RecordCodec<Object> {
    private static final int MAX_DEPTH = 64;
    private static final int BUFFER_BYTES = 256;
    private static final int MAX_BYTES = Integer.MAX_VALUE - 64;

    private final RecordClasses classes;
    private final TableKryo kryo;
    private final Output output = new Output(BUFFER_BYTES, MAX_BYTES);
    private final KryoInput input = new KryoInput();
    private ClassTable table;

    KryoCodec(RecordClasses classes) {
        this.classes = classes;
        this.kryo = new TableKryo(new TableResolver());
    }

    /** Name classes by their numbers in this table from now on. */
    void use(ClassTable numbers) {
        table = numbers;
    }

    @Override
    public void write(Object record, ByteBuilder out) {
        try {
            kryo.writeClassAndObject(output, record);
            out.putBytes(output.getBuffer(), 0, output.position());
        } catch (RuntimeException | StackOverflowError broken) {
            throw told(broken, unwritable(record, broken));
        } finally {
            output.reset();
            if (output.getBuffer().length > 1 << 20) {
                output.setBuffer(new byte[BUFFER_BYTES], MAX_BYTES);
            }
            kryo.reset();
        }
    }

    @Override
    public Object read(byte[] bytes, int offset, int length) {
        try {
            input.setBuffer(bytes, offset, length);
            Object record = kryo.readClassAndObject(input);
            if (input.position() != offset + length) {
                throw new UnreadableRecordException(
                        offset + length - input.position() + " bytes are left over behind an object");
            }
            return record;
        } catch (RuntimeException | LinkageError | StackOverflowError broken) {
            throw told(
                    broken,
                    new UnreadableRecordException("an object cannot be made from its bytes: " + broken, broken));
        } finally {
            kryo.reset();
        }
    }

    private static IllegalArgumentException unwritable(Object record, Throwable broken) {
        boolean isTooDeep = broken instanceof StackOverflowError
                || String.valueOf(broken.getMessage()).contains("depth");
        return new IllegalArgumentException(
                "an object of class " + record.getClass().getTypeName() + " is not written: "
                        + (isTooDeep
                                ? "it holds itself, or objects in objects more than " + MAX_DEPTH
                                        + " deep; make it flat"
                                : broken + "; map it to something that can be written"),
                broken);
    }

    /** What we threw ourselves, for Kryo wraps it; else what is said in general. */
    private static RuntimeException told(Throwable thrown, RuntimeException inGeneral) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnregisteredClassException unregistered) {
                return unregistered;
            } else if (cause instanceof UnreadableRecordException unreadable) {
                return unreadable;
            }
        }
        return inGeneral;
    }

    /** What a class's objects look like in bytes: its fields, or who writes them. Empty for classes of the JDK. */
    String schemaOf(Class<?> type) {
        return KryoSchema.of(kryo, type);
    }

    /** Registers known classes when they are first met, and no others. */
    private final class TableKryo extends Kryo {
        TableKryo(TableResolver resolver) {
            super(resolver, null);
            setRegistrationRequired(true);
            setMaxDepth(MAX_DEPTH);
            addDefaultSerializer(UUID.class, DefaultSerializers.UUIDSerializer.class);
            addDefaultSerializer(URI.class, DefaultSerializers.URISerializer.class);
            setInstantiatorStrategy(new DefaultInstantiatorStrategy(new StdInstantiatorStrategy()));
        }

        @Override
        @SuppressWarnings("rawtypes") // Kryo's signature
        public Registration getRegistration(Class type) {
            Registration known = getClassResolver().getRegistration(type);
            return known != null ? known : registered(type);
        }

        private Registration registered(Class<?> type) {
            Class<?> writtenAs = classes.writtenAs(type);
            if (writtenAs == null) {
                throw new UnregisteredClassException(type.getTypeName(), "written");
            }
            Registration registration = getClassResolver().getRegistration(writtenAs);
            if (registration == null) {
                registration = register(writtenAs, serializerOf(writtenAs));
            }
            ((TableResolver) getClassResolver()).alias(type, registration);
            return registration;
        }

        private Serializer<?> serializerOf(Class<?> type) {
            if (type == classes.pairs().type()) {
                return new PairSerializer(classes.pairs());
            }
            if (type.isEnum()) {
                // By name: by number, which is Kryo's way, a new constant would change the meaning of what was written.
                return new EnumNameSerializer(type.asSubclass(Enum.class));
            }
            Serializer<?> serializer = getDefaultSerializer(type);
            if (serializer instanceof JavaSerializer || serializer instanceof ExternalizableSerializer) {
                throw new IllegalArgumentException(
                        "class " + type.getTypeName() + " asks for Java serialization, whose"
                                + " bytes are not safe to read; let it be written by its fields, or by a serializer of its own");
            }
            return serializer;
        }
    }

    /** Names classes by number. */
    private final class TableResolver extends DefaultClassResolver {
        void alias(Class<?> type, Registration registration) {
            classToRegistration.put(type, registration);
        }

        @Override
        @SuppressWarnings("rawtypes") // Kryo's signature
        public Registration writeClass(Output to, Class type) {
            if (type == null) {
                to.writeVarInt(0, true);
                return null;
            }
            Registration registration = kryo.getRegistration(type);
            to.writeVarInt(table.idOf(registration.getType()) + 1, true);
            return registration;
        }

        @Override
        public Registration readClass(Input from) {
            int id = from.readVarInt(true) - 1;
            if (id < 0) {
                return null;
            }
            Class<?> type = table.classOf(id);
            if (type == null && table.whyUnreadable(id) != null) {
                throw table.whyUnreadable(id);
            }
            if (type == null) {
                throw new UnreadableRecordException("class number " + id + " is used, " + table.size() + " are known");
            }
            return kryo.getRegistration(type);
        }
    }

    /** A pair: its two parts. */
    private static final class PairSerializer extends Serializer<Object> {
        private final PairCodec pairs;

        PairSerializer(PairCodec pairs) {
            super(true, true);
            this.pairs = pairs;
        }

        @Override
        public void write(Kryo kryo, Output to, Object pair) {
            kryo.writeClassAndObject(to, pairs.key(pair));
            kryo.writeClassAndObject(to, pairs.value(pair));
        }

        @Override
        public Object read(Kryo kryo, Input from, Class<? extends Object> type) {
            Object key = kryo.readClassAndObject(from);
            return pairs.pair(key, kryo.readClassAndObject(from));
        }
    }
}
