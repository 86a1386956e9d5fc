"""A real Slurm on this machine and on loopback alone: munged, slurmctld and one slurmd a node. For tests; needs root and the Debian
packages munge, slurmctld, slurmd and slurm-client. Everything that is started is ended by its process number."""
import os
import pathlib
import secrets
import signal
import socket
import subprocess
import time

CONFIGURATION = """\
ClusterName=foramen-test
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={port}
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
CredType=cred/munge
AuthInfo=socket={folder}/munge/socket,cred_expire=5
CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool/%n
SlurmctldPidFile={folder}/run/slurmctld.pid
SlurmdPidFile={folder}/run/%n.pid
SlurmctldLogFile={folder}/log/slurmctld.log
SlurmdLogFile={folder}/log/%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerParameters=bf_interval=2,sched_interval=2
MpiDefault=none
JobRequeue=1
ReturnToService=2
SlurmctldTimeout=10
SlurmdTimeout=10
KillWait=3
MessageTimeout=10
SlurmdParameters=config_overrides
NodeName=n[1-{nodes}] NodeHostname={host} NodeAddr=127.0.0.1 Port={first}-{last} CPUs=1 RealMemory=2000 State=UNKNOWN
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
"""


def children(number):
    """Process numbers of all that a process has started, itself last."""
    below = []
    for entry in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == number:
            below += children(int(entry.parent.name))
    return below + [number]


class LocalSlurm:
    def __init__(self, folder, nodes=4, port=18000):
        self.folder, self.nodes = pathlib.Path(folder), nodes
        self.configuration = self.folder / "slurm.conf"
        self.environment = dict(os.environ, SLURM_CONF=str(self.configuration))
        for name in ("munge", "state", "spool", "run", "log"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        self.configuration.write_text(CONFIGURATION.format(
            host=socket.gethostname().split(".")[0], port=port, first=port + 1, last=port + nodes, folder=self.folder, nodes=nodes))

    def start(self):
        for part in (self.folder, self.folder / "munge"):
            part.chmod(0o711)
        key = self.folder / "munge/key"
        key.write_bytes(secrets.token_bytes(128))
        key.chmod(0o400)
        munge = self.folder / "munge"
        subprocess.run(["munged", "--force", f"--key-file={key}", f"--socket={munge}/socket", f"--pid-file={self.folder}/run/munged.pid",
                        f"--log-file={self.folder}/log/munged.log", f"--seed-file={munge}/seed"], check=True)
        subprocess.run(["slurmctld", "-f", self.configuration], check=True)
        for node in range(1, self.nodes + 1):
            self.start_node(f"n{node}")
        self.wait_until(lambda: len(self.output("sinfo", "-h", "-N", "-t", "idle", "-o", "%N").split()) == self.nodes, 60, "nodes to be idle")

    def start_node(self, node):
        subprocess.run(["slurmd", "-f", self.configuration, "-N", node], check=True)

    def kill_node(self, node):
        """As if the machine had lost its power: its slurmd, and every job on it."""
        victims = children(int((self.folder / f"run/{node}.pid").read_text()))
        for entry in pathlib.Path("/proc").glob("[0-9]*/cmdline"):  # a stepd leaves its slurmd
            try:
                words = entry.read_bytes().split(b"\0")
            except OSError:
                continue
            if words[0].startswith(b"slurmstepd") and self.on_node(int(entry.parent.name), node):
                victims = children(int(entry.parent.name)) + victims
        for number in victims:
            try:
                os.kill(number, signal.SIGKILL)
            except ProcessLookupError:
                pass

    def on_node(self, stepd, node):
        """A step's daemon keeps its socket in the spool of its node; its jobs carry the node's name."""
        for number in children(stepd):
            try:
                if f"SLURMD_NODENAME={node}".encode() in pathlib.Path(f"/proc/{number}/environ").read_bytes().split(b"\0"):
                    return True
            except OSError:
                continue
        return False

    def output(self, *command):
        return subprocess.run(command, env=self.environment, check=True, capture_output=True, text=True).stdout

    @staticmethod
    def wait_until(holds, seconds, what):
        end = time.monotonic() + seconds
        while not holds():
            if time.monotonic() > end:
                raise TimeoutError(f"waited {seconds} s for {what}")
            time.sleep(0.5)

    def stop(self):
        for entry in sorted((self.folder / "run").glob("*.pid")):
            try:
                for number in children(int(entry.read_text())):
                    os.kill(number, signal.SIGTERM)
            except (ProcessLookupError, ValueError):
                pass
