package io.millrace.offheap.memory;

import java.lang.management.ManagementFactory;
import java.lang.management.PlatformManagedObject;
import java.util.Arrays;

/**
 * What this machine and this JVM have to give. Asked through the management beans by name, because their types are not
 * part of every JVM; without them the heap's limit answers, which the JVM by itself sets to a quarter of the machine.
 */
final class MachineMemory {

    private MachineMemory() {}

    /** Memory of the machine, or of the container the JVM was started in. Bytes. */
    static long totalBytes() {
        try {
            Object total = ask("com.sun.management.OperatingSystemMXBean", "getTotalMemorySize");
            return (Long) total;
        } catch (ReflectiveOperationException | RuntimeException unknown) {
            return 4 * Runtime.getRuntime().maxMemory();
        }
    }

    /** What -XX:MaxDirectMemorySize says; where it says nothing, the JVM allows as much as the heap may have. Bytes. */
    static long directLimitBytes() {
        long limit = 0;
        try {
            Object option = ask("com.sun.management.HotSpotDiagnosticMXBean", "getVMOption", "MaxDirectMemorySize");
            Object value = option.getClass().getMethod("getValue").invoke(option);
            limit = Long.parseLong((String) value);
        } catch (ReflectiveOperationException | RuntimeException unknown) {
            // The heap's limit below is the answer then.
        }
        return limit > 0 ? limit : Runtime.getRuntime().maxMemory();
    }

    private static Object ask(String beanName, String method, String... arguments) throws ReflectiveOperationException {
        Class<? extends PlatformManagedObject> type = Class.forName(beanName).asSubclass(PlatformManagedObject.class);
        Class<?>[] types = new Class<?>[arguments.length];
        Arrays.fill(types, String.class);
        return type.getMethod(method, types).invoke(ManagementFactory.getPlatformMXBean(type), (Object[]) arguments);
    }
}
