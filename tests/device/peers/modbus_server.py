"""An instrument in pymodbus with the registers of data/dialects/modbus/bench-rig.yaml: -123.45 N, good, a running count."""
import sys
import threading
import time

from pymodbus.datastore import ModbusSequentialDataBlock, ModbusServerContext, ModbusSlaveContext
from pymodbus.server import StartSerialServer, StartTcpServer
from pymodbus.transaction import ModbusRtuFramer

raw = -12345 & 0xFFFFFFFF
registers = [raw >> 16, raw & 0xFFFF, 1, 0] + [0] * 28
slave = ModbusSlaveContext(hr=ModbusSequentialDataBlock(0, registers), zero_mode=True)
context = ModbusServerContext(slaves=slave, single=True)


def count():
    n = 0
    while True:
        n = (n + 1) % 65536
        slave.setValues(3, 3, [n])
        time.sleep(0.005)


threading.Thread(target=count, daemon=True).start()
if sys.argv[1] == "tcp":
    StartTcpServer(context=context, address=("127.0.0.1", int(sys.argv[2])))
else:
    StartSerialServer(context=context, framer=ModbusRtuFramer, port=sys.argv[2], baudrate=115200, parity="N")  # a pseudo-terminal has no parity
