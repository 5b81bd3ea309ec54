package io.tcptable;

import io.tcptable.internal.binding.Choice;
import io.tcptable.internal.windows.FakeWindows;
import io.tcptable.internal.windows.WindowsSources;
import java.util.Map;

/** Tables of a system that is none. */
public final class FakeTables {

  private FakeTables() {}

  /** One socket in a state to which Windows has given this number. */
  public static TcpTable inState(int number) {
    return of(new FakeWindows().socket(number, 3001, 0), TcpQuery.all());
  }

  static TcpTable of(FakeWindows windows, TcpQuery query) {
    return TcpTable.snapshot(query, WindowsSources.of(new Choice<>("fake", windows, Map.of())));
  }
}
