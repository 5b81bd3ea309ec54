// SPDX-License-Identifier: Apache-2.0
import static java.lang.classfile.ClassFile.ACC_FINAL;
import static java.lang.classfile.ClassFile.ACC_PRIVATE;
import static java.lang.classfile.ClassFile.ACC_PUBLIC;
import static java.lang.classfile.ClassFile.ACC_STATIC;
import static java.lang.classfile.ClassFile.ACC_SUPER;
import static java.lang.classfile.ClassFile.ACC_SYNTHETIC;
import static java.lang.classfile.ClassFile.JAVA_17_VERSION;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.INIT_NAME;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.NestHostAttribute;
import java.lang.classfile.attribute.NestMembersAttribute;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Makes a class of each lambda and method reference, as javac made of anonymous classes ever since.
 *
 * <p>Why: javac leaves it to the JVM to make these classes while the program runs ({@code
 * LambdaMetafactory}). Until Java 24 no archive of classes holds the outcome, only a part of it: 60
 * of them took a seventh of the time from the start of {@code list} to its answer on Java 17.
 *
 * <p>What: the instruction {@code invokedynamic} becomes a call of {@code of}, a static method of
 * the new class, which takes the same values from the stack and leaves the same on it. Where
 * anything is out of the ordinary (a serializable one, or a conversion of numbers), the instruction
 * stays.
 */
final class LambdaClasses {

  private static final String METAFACTORY = "Ljava/lang/invoke/LambdaMetafactory;";

  /** Of each primitive type, the class of its objects. */
  private static final Map<ClassDesc, ClassDesc> BOXES =
      Map.of(
          ConstantDescs.CD_boolean, ConstantDescs.CD_Boolean,
          ConstantDescs.CD_byte, ConstantDescs.CD_Byte,
          ConstantDescs.CD_char, ConstantDescs.CD_Character,
          ConstantDescs.CD_short, ConstantDescs.CD_Short,
          ConstantDescs.CD_int, ConstantDescs.CD_Integer,
          ConstantDescs.CD_long, ConstantDescs.CD_Long,
          ConstantDescs.CD_float, ConstantDescs.CD_Float,
          ConstantDescs.CD_double, ConstantDescs.CD_Double);

  private final ClassFile classes;
  private final Map<String, byte[]> made = new TreeMap<>();
  private final Map<ClassDesc, List<ClassDesc>> members = new HashMap<>();
  private final Set<ClassDesc> left = new HashSet<>();

  LambdaClasses(ClassFile classes) {
    this.classes = classes;
  }

  /**
   * Leaves the nest of a class as it is: members of a nest have to name one host, in all versions.
   */
  void leave(byte[] bytes) {
    left.add(host(classes.parse(bytes)));
  }

  /**
   * What a lambda consists of.
   *
   * @param taken what it takes along, and the interface that it is an object of
   * @param name of the interface's method
   * @param erased the type of that method
   * @param type the same with the type arguments of this lambda
   * @param body what it does
   */
  private record Lambda(
      MethodTypeDesc taken,
      String name,
      MethodTypeDesc erased,
      MethodTypeDesc type,
      DirectMethodHandleDesc body) {

    static Lambda of(InvokeDynamicInstruction dynamic) {
      return new Lambda(
          dynamic.typeSymbol(),
          dynamic.name().stringValue(),
          (MethodTypeDesc) dynamic.bootstrapArgs().get(0),
          (MethodTypeDesc) dynamic.bootstrapArgs().get(2),
          (DirectMethodHandleDesc) dynamic.bootstrapArgs().get(1));
    }

    /** All that its body is given: what was taken along, and what the caller gives. */
    List<ClassDesc> given() {
      return Stream.concat(taken.parameterList().stream(), type.parameterList().stream()).toList();
    }

    /** All that its body takes, an object that it is called on included. */
    List<ClassDesc> wanted() {
      return body.invocationType().parameterList();
    }

    ClassDesc returned() {
      return body.invocationType().returnType();
    }

    boolean isOrdinary() {
      List<ClassDesc> given = given();
      List<ClassDesc> wanted = wanted();
      return given.size() == wanted.size()
          && IntStream.range(0, given.size()).allMatch(i -> converts(given.get(i), wanted.get(i)))
          && (type.returnType().equals(CD_void)
              || (!returned().equals(CD_void) && converts(returned(), type.returnType())));
    }
  }

  /** Whether this is no more than boxing. */
  private static boolean converts(ClassDesc from, ClassDesc to) {
    if (from.isPrimitive() == to.isPrimitive()) {
      return !from.isPrimitive() || from.equals(to);
    }
    return from.isPrimitive() ? !from.equals(CD_void) : from.equals(BOXES.get(to));
  }

  private static ClassDesc host(ClassModel type) {
    return type.findAttribute(Attributes.nestHost())
        .map(NestHostAttribute::nestHost)
        .map(ClassEntry::asSymbol)
        .orElse(type.thisClass().asSymbol());
  }

  /** The same class, without what became classes. */
  byte[] rewrite(byte[] bytes) {
    ClassModel model = classes.parse(bytes);
    ClassDesc host = host(model);
    if (left.contains(host)) {
      return bytes;
    }
    ClassDesc outer = model.thisClass().asSymbol();
    int[] count = {0};
    byte[] rewritten =
        classes.transformClass(
            model,
            ClassTransform.transformingMethodBodies(
                (code, element) -> {
                  Optional<Lambda> lambda = ordinaryLambda(element);
                  if (lambda.isPresent()) {
                    ClassDesc name = outer.nested("$" + ++count[0]);
                    make(name, host, lambda.get());
                    code.invokestatic(name, "of", lambda.get().taken());
                  } else {
                    code.with(element);
                  }
                }));
    return count[0] == 0 ? bytes : rewritten;
  }

  private static Optional<Lambda> ordinaryLambda(CodeElement element) {
    return element instanceof InvokeDynamicInstruction dynamic && isLambda(dynamic)
        ? Optional.of(Lambda.of(dynamic)).filter(Lambda::isOrdinary)
        : Optional.empty();
  }

  private static boolean isLambda(InvokeDynamicInstruction dynamic) {
    DirectMethodHandleDesc by = dynamic.bootstrapMethod();
    return by.owner().descriptorString().equals(METAFACTORY)
        && by.methodName().equals("metafactory");
  }

  private void make(ClassDesc name, ClassDesc host, Lambda lambda) {
    members.computeIfAbsent(host, unused -> new ArrayList<>()).add(name);
    byte[] bytes =
        classes.build(
            name,
            builder -> {
              builder
                  .withVersion(JAVA_17_VERSION, 0)
                  .withFlags(ACC_FINAL | ACC_SUPER | ACC_SYNTHETIC)
                  .withInterfaceSymbols(lambda.taken().returnType())
                  .with(NestHostAttribute.of(host));
              withFactory(builder, name, lambda.taken());
              builder.withMethodBody(
                  lambda.name(), lambda.erased(), ACC_PUBLIC, code -> body(code, name, lambda));
            });
    made.put(file(name), bytes);
  }

  /** One object for all, if there is nothing to take along. */
  private static void withFactory(ClassBuilder builder, ClassDesc name, MethodTypeDesc taken) {
    List<ClassDesc> fields = taken.parameterList();
    for (int i = 0; i < fields.size(); i++) {
      builder.withField("v" + i, fields.get(i), ACC_PRIVATE | ACC_FINAL);
    }
    MethodTypeDesc constructor = taken.changeReturnType(CD_void);
    builder.withMethodBody(
        INIT_NAME,
        constructor,
        ACC_PRIVATE,
        code -> {
          code.aload(0).invokespecial(ConstantDescs.CD_Object, INIT_NAME, ConstantDescs.MTD_void);
          for (int i = 0; i < fields.size(); i++) {
            code.aload(0)
                .loadLocal(TypeKind.from(fields.get(i)), code.parameterSlot(i))
                .putfield(name, "v" + i, fields.get(i));
          }
          code.return_();
        });
    if (fields.isEmpty()) {
      builder.withField("ONE", name, ACC_PRIVATE | ACC_STATIC | ACC_FINAL);
      builder.withMethodBody(
          ConstantDescs.CLASS_INIT_NAME,
          ConstantDescs.MTD_void,
          ACC_STATIC,
          code ->
              code.new_(name)
                  .dup()
                  .invokespecial(name, INIT_NAME, constructor)
                  .putstatic(name, "ONE", name)
                  .return_());
    }
    builder.withMethodBody(
        "of",
        taken,
        ACC_STATIC,
        code -> {
          if (fields.isEmpty()) {
            code.getstatic(name, "ONE", name);
          } else {
            code.new_(name).dup();
            for (int i = 0; i < fields.size(); i++) {
              code.loadLocal(TypeKind.from(fields.get(i)), code.parameterSlot(i));
            }
            code.invokespecial(name, INIT_NAME, constructor);
          }
          code.areturn();
        });
  }

  private static void body(CodeBuilder code, ClassDesc name, Lambda lambda) {
    DirectMethodHandleDesc body = lambda.body();
    List<ClassDesc> taken = lambda.taken().parameterList();
    List<ClassDesc> wanted = lambda.wanted();
    if (body.kind() == DirectMethodHandleDesc.Kind.CONSTRUCTOR) {
      code.new_(body.owner()).dup();
    }
    for (int i = 0; i < wanted.size(); i++) {
      int parameter = i - taken.size();
      if (parameter < 0) {
        code.aload(0).getfield(name, "v" + i, taken.get(i));
        convert(code, taken.get(i), wanted.get(i));
      } else {
        ClassDesc erased = lambda.erased().parameterType(parameter);
        code.loadLocal(TypeKind.from(erased), code.parameterSlot(parameter));
        convert(code, erased, wanted.get(i));
      }
    }
    call(code, body);
    ClassDesc returned = lambda.erased().returnType();
    if (returned.equals(CD_void)) {
      drop(code, lambda.returned());
    } else {
      convert(code, lambda.returned(), returned);
    }
    code.return_(TypeKind.from(returned));
  }

  private static void call(CodeBuilder code, DirectMethodHandleDesc body) {
    MethodTypeDesc type = MethodTypeDesc.ofDescriptor(body.lookupDescriptor());
    switch (body.kind()) {
      case CONSTRUCTOR -> code.invokespecial(body.owner(), INIT_NAME, type);
      case STATIC -> code.invokestatic(body.owner(), body.methodName(), type);
      case INTERFACE_STATIC -> code.invokestatic(body.owner(), body.methodName(), type, true);
      // One of the same nest may call what is private like anything else.
      case VIRTUAL, SPECIAL -> code.invokevirtual(body.owner(), body.methodName(), type);
      case INTERFACE_VIRTUAL, INTERFACE_SPECIAL ->
          code.invokeinterface(body.owner(), body.methodName(), type);
      default -> throw new IllegalArgumentException("no method: " + body);
    }
  }

  private static void drop(CodeBuilder code, ClassDesc type) {
    switch (TypeKind.from(type).slotSize()) {
      case 1 -> code.pop();
      case 2 -> code.pop2();
      default -> {}
    }
  }

  private static void convert(CodeBuilder code, ClassDesc from, ClassDesc to) {
    if (from.isPrimitive()) {
      if (!to.isPrimitive()) {
        ClassDesc box = BOXES.get(from);
        code.invokestatic(box, "valueOf", MethodTypeDesc.of(box, from));
      }
    } else if (to.isPrimitive()) {
      ClassDesc box = BOXES.get(to);
      code.checkcast(box).invokevirtual(box, to.displayName() + "Value", MethodTypeDesc.of(to));
    } else if (!from.equals(to) && !to.equals(ConstantDescs.CD_Object)) {
      code.checkcast(to);
    }
  }

  /** The classes that were made, by their names in the jar and in that order. */
  Map<String, byte[]> made() {
    return made;
  }

  /** The host of a nest knows all members. */
  byte[] enlist(byte[] bytes) {
    ClassModel model = classes.parse(bytes);
    List<ClassDesc> more = members.getOrDefault(model.thisClass().asSymbol(), List.of());
    if (more.isEmpty()) {
      return bytes;
    }
    List<ClassDesc> all = new ArrayList<>();
    model
        .findAttribute(Attributes.nestMembers())
        .ifPresent(known -> known.nestMembers().forEach(member -> all.add(member.asSymbol())));
    all.addAll(more);
    return classes.transformClass(
        model,
        ClassTransform.dropping(element -> element instanceof NestMembersAttribute)
            .andThen(
                ClassTransform.endHandler(
                    builder -> builder.with(NestMembersAttribute.ofSymbols(all)))));
  }

  /** Its name in a jar. */
  static String file(ClassDesc type) {
    String name = type.descriptorString();
    return name.substring(1, name.length() - 1) + ".class";
  }
}
